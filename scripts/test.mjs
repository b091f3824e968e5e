// All tests on a fresh clone: install and build what is missing, then run them; arguments go to the test runner.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare({ constructs: true });
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const runner = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the runner by itself; this process waits until it has stopped its servers.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => runner.kill('SIGTERM'));
runner.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
