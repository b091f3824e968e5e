import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Says what is being done: on standard error, so that a command's own output stays clean.
 *
 * @param {string} text
 */
export const say = (text) => console.error(`▸ ${text}`);

/**
 * Installs the packages and builds, each only where something has changed since the last time.
 *
 * @param {{ constructs?: boolean, types?: boolean }} [options] whether the CDK constructs are built as well, and whether
 *   the types, which take most of the time
 */
export function prepare({ constructs = false, types = true } = {}) {
  checkNode();
  const packages = ['package-lock.json'];
  // No package here needs its install script: esbuild and DuckDB bring binaries, and the tests bring a radio.
  step('install', packages, 'node_modules', 'Installing packages', () =>
    npm(root, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'),
  );
  const configs = ['package-lock.json', 'package.json', 'tsconfig.json', 'tsup.config.ts'];
  const inputs = [...configs, ...filesOf('src')];
  const build = (/** @type {string[]} */ ...flags) =>
    npm(root, 'run', '--silent', 'build', '--', '--silent', ...flags);
  // What has types will do for those who need none; the other way round it is built once more.
  if (types || !isDone('build', inputs, 'dist')) {
    const [name, other] = types ? ['build', 'build-without-types'] : ['build-without-types', 'build'];
    step(name, inputs, 'dist', 'Building', () => {
      rmSync(stampOf(other), { force: true });
      build(...(types ? [] : ['--no-dts']));
    });
  }
  if (!constructs) return;
  const theirs = ['src', 'functions', 'scripts'].flatMap((folder) => filesOf(`constructs/${folder}`));
  step(
    'constructs',
    [...inputs, 'constructs/package.json', ...theirs],
    'constructs/lib',
    'Building constructs',
    () => npm(root, 'run', '--silent', 'build', '--workspace', 'constructs'),
  );
}

/** @param {string} folder */
function filesOf(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Does a step unless the last time it was done its inputs were the same.
 *
 * @param {string} name
 * @param {string[]} inputs
 * @param {string} output
 * @param {string} what
 * @param {() => void} work
 */
function step(name, inputs, output, what, work) {
  if (isDone(name, inputs, output)) return;
  say(`${what} …`);
  const start = performance.now();
  work();
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), digestOf(inputs));
  say(`${what} took ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * @param {string} name
 * @param {string[]} inputs
 * @param {string} output
 */
function isDone(name, inputs, output) {
  const stamp = stampOf(name);
  if (!existsSync(join(root, output)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === digestOf(inputs);
}

/** @param {string} name */
const stampOf = (name) => join(root, '.cache', `${name}.stamp`);

/** @param {string[]} inputs */
function digestOf(inputs) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const input of inputs) hash.update(input).update(readFileSync(join(root, input)));
  return hash.digest('hex');
}

/**
 * Runs npm; ends this process where it fails.
 *
 * @param {string} cwd
 * @param {string[]} words
 */
export function npm(cwd, ...words) {
  // Run by npm, its own script is at hand and needs no shell on any platform.
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const { status, error } = spawnSync(command, [...first, ...words], { cwd, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(`npm ${words.join(' ')} failed${error ? `: ${error.message}` : ''}.`);
  process.exit(status ?? 1);
}
