// Runs a server that must not outlive the tests, however they end: `node leash.mjs GRACE_MS PROGRAM ARG…` in the
// server's own folder. When stdin closes, the server is ended and the folder removed.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const folder = process.cwd();
const [graceMs, program = '', ...args] = process.argv.slice(2);
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
let ending = false;

const end = () => {
  if (ending) return;
  ending = true;
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), Number(graceMs));
};
process.stdin.resume().on('close', end);
process.on('SIGINT', end);
process.on('SIGTERM', end);

server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on('exit', (code) => {
  // A server that ended by itself leaves its log for the one that started it.
  if (ending) {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exit(code ?? 1);
});
