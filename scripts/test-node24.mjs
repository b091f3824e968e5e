// On Node.js 24, which npm brings once into .cache/: the tests without servers, and the installed package, its command
// included.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm, prepare, root, say } from './prepare.mjs';

const version = '24.22.3';
const tests = [
  '--project=unit',
  '--project=package',
  'test/unit',
  'test/package/isolation',
  'test/package/user',
];

prepare();
const node = binary();
say(`Testing on Node.js ${version} …`);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(node, [vitest, 'run', ...tests, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // What the tests start by name is this Node.js, too.
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
});
process.exitCode = status ?? 1;

/** The binary: our own where it is one, else the one of npm for this platform. */
function binary() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, '.cache', `node-${version}`);
  const path = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    npm(root, 'install', '--prefix', folder, '--no-save', '--ignore-scripts', `${name}@${version}`);
  }
  return path;
}
