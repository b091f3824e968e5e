import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { once } from './once.mjs';
import { run } from './run.mjs';

/** @typedef {{ ready: true, program: string, dbusDaemon: string, libraries: string }} ChromiumReady */

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGES = ['chromium', 'dbus-daemon'];
const DOWNLOAD_MS = 10 * 60_000;
const STATUS = '/var/lib/dpkg/status';

const missing =
  'Chromium and dbus-daemon not found (looked at CHROMIUM_PATH and PATH): on Linux install them, e.g. ' +
  '"apt-get install chromium dbus-daemon"; elsewhere there is no BlueZ that Chromium would talk to.';

/**
 * Finds Chromium and the message bus by which it talks to BlueZ. What is missing is unpacked from the packages of
 * Debian into a folder, where nothing of the system changes and nobody needs to be root.
 * @param {string} folder
 * @param {(what: string, work: () => Promise<void>) => Promise<void>} step tells what takes so long
 * @returns {Promise<ChromiumReady>} `libraries` goes into LD_LIBRARY_PATH of both programs
 */
export async function findChromium(folder, step) {
  if (process.platform !== 'linux') throw new Error(missing);
  const installed = {
    program: process.env.CHROMIUM_PATH ?? onPath(NAMES),
    dbusDaemon: onPath(['dbus-daemon']),
  };
  if (installed.program && installed.dbusDaemon)
    return { ready: true, program: installed.program, dbusDaemon: installed.dbusDaemon, libraries: '' };

  if (!existsSync(STATUS) || !onPath(['apt-get']) || !onPath(['dpkg'])) throw new Error(missing);
  const root = join(folder, 'root');
  const unpacked = join(root, 'usr', 'lib', 'chromium', 'chromium');
  const fill = () =>
    step('Chromium: fetching it from Debian (130 MB, only this once)', () => unpack(folder, root));
  await once(folder, { inputs: PACKAGES, proof: unpacked, fill });
  return {
    ready: true,
    program: installed.program ?? unpacked,
    dbusDaemon: installed.dbusDaemon ?? join(root, 'usr', 'bin', 'dbus-daemon'),
    libraries: (await foldersOfLibraries(join(root, 'usr', 'lib'))).join(delimiter),
  };
}

/** @param {string[]} names */
const onPath = (names) =>
  names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(existsSync);

/**
 * Fetches the packages, and those they need that are not installed, with lists of their own.
 * @param {string} folder
 * @param {string} root
 */
async function unpack(folder, root) {
  const [state, cache] = [join(folder, 'apt', 'state'), join(folder, 'apt', 'cache')];
  const archives = join(cache, 'archives');
  await Promise.all(
    [join(state, 'lists', 'partial'), join(archives, 'partial'), root].map((path) =>
      mkdir(path, { recursive: true }),
    ),
  );
  const options = [
    ...[`Dir::State=${state}`, `Dir::State::status=${STATUS}`, `Dir::Cache=${cache}`],
    // Its folders are nobody else's, so that it need neither lock the system's nor change the user.
    ...['Debug::NoLocking=true', 'APT::Sandbox::User=', 'Acquire::Languages=none', 'Acquire::Retries=3'],
  ].flatMap((option) => ['-o', option]);
  const apt = (/** @type {string[]} */ ...words) => succeed('apt-get', ['--quiet', ...options, ...words]);

  await apt('update');
  await apt('install', '--download-only', '--yes', '--no-install-recommends', ...PACKAGES);
  for (const name of (await readdir(archives)).filter((each) => each.endsWith('.deb')))
    await succeed('dpkg', ['--extract', join(archives, name), root]);
  await rm(join(folder, 'apt'), { recursive: true });
}

/** @param {string} program @param {string[]} words */
async function succeed(program, words) {
  const { ok, output } = await run(program, words, { timeoutMs: DOWNLOAD_MS });
  if (!ok) throw new Error(`Chromium could not be fetched, ${program} says: ${output}`);
}

/** @param {string} folder @returns {Promise<string[]>} it and those below that hold shared libraries */
async function foldersOfLibraries(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return [
    ...new Set(files.filter(({ name }) => /\.so(\.|$)/.test(name)).map(({ parentPath }) => parentPath)),
  ];
}
