import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './servers/chromium.mjs';
import { findJava, javaMissing } from './servers/java.mjs';
import { once } from './servers/once.mjs';
import { run } from './servers/run.mjs';
import { step } from './servers/step.mjs';
import { prepareVenv, pythonIn } from './servers/venv.mjs';

/**
 * @typedef {{ ready: false, reason: string }} NotReady
 * @typedef {{ ready: true, java: string, lib: string } | { ready: true, url: string } | NotReady} OpenSearchReady
 * @typedef {{ ready: true, java: string, classPath: string } | NotReady} AlertingReady
 * @typedef {{ ready: true, python: string } | NotReady} PythonReady
 * @typedef {import('./servers/chromium.mjs').ChromiumReady | NotReady} ChromiumReady
 * @typedef {(line: string) => void} Log
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const pomOf = (/** @type {'opensearch' | 'alerting'} */ name) =>
  join(root, 'test', 'support', name, 'pom.xml');
const requirements = join(root, 'test', 'support', 'python', 'requirements.txt');
const pythonFolder = join(root, '.cache', 'python');
const chromiumFolder = join(root, '.cache', 'chromium');

const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const mavenMissing = 'Maven not found (looked for mvn on PATH): install it, e.g. "apt-get install maven".';
const DOWNLOAD_MS = 10 * 60_000;

/** Where what is downloaded and what the servers write is kept. */
export const cacheFolder = join(root, '.cache');

/** The Python of the tests' virtual environment, present once `prepareServers` says so. */
export const pythonOfVenv = pythonIn(pythonFolder);

/**
 * Makes the real servers available that the tests run against: OpenSearch, a Python environment with the virtual
 * Bluetooth straps and the AWS services, Chromium, and the parser of the Alerting plugin. What cannot be had is reported, never thrown.
 * @param {{ log?: Log }} [options]
 * @returns {Promise<{ opensearch: OpenSearchReady, alerting: AlertingReady, python: PythonReady, chromium: ChromiumReady }>}
 */
export async function prepareServers({ log = console.error } = {}) {
  const [opensearch, alerting, python, chromium] = await Promise.all([
    prepareOpenSearch(log).catch(notReady),
    prepareAlerting(log).catch(notReady),
    preparePython(log).catch(notReady),
    prepareChromium(log).catch(notReady),
  ]);
  return { opensearch, alerting, python, chromium };
}

/**
 * Makes OpenSearch available; rejects where it cannot be had.
 * @param {Log} log
 * @returns {Promise<OpenSearchReady>}
 */
export async function prepareOpenSearch(log) {
  const url = process.env.OPENSEARCH_URL;
  if (url) return { ready: true, url };
  return { ready: true, ...(await prepareJars('opensearch', 'OpenSearch', '70 MB', log)) };
}

/** @param {Log} log @returns {Promise<AlertingReady>} */
async function prepareAlerting(log) {
  const { java, lib } = await prepareJars('alerting', 'the parser of monitors', '45 MB', log);
  return { ready: true, java, classPath: join(lib, '*') };
}

/**
 * @param {'opensearch' | 'alerting'} name
 * @param {string} what
 * @param {string} size
 * @param {Log} log
 */
async function prepareJars(name, what, size, log) {
  const java = await findJava();
  if (!java) throw new Error(javaMissing());
  const [pom, folder] = [pomOf(name), join(cacheFolder, name)];
  const lib = join(folder, 'lib');
  const fill = () =>
    step(log, `${what}: fetching it with Maven (${size}, only this once)`, async () => {
      const args = ['--batch-mode', '--quiet', '--file', pom, COPY_DEPENDENCIES, `-DoutputDirectory=${lib}`];
      const mvn = await run('mvn', args, { timeoutMs: DOWNLOAD_MS });
      if (!mvn.found) throw new Error(mavenMissing);
      if (!mvn.ok) throw new Error(`Maven could not fetch ${what}: ${mvn.output}`);
    });
  await once(folder, { inputs: [await readFile(pom, 'utf8')], proof: lib, fill });
  return { java, lib };
}

/**
 * Makes the Python environment of the tests available, with the virtual straps; rejects where it cannot be had.
 * @param {Log} log
 * @returns {Promise<PythonReady>}
 */
export async function preparePython(log) {
  const what = 'the virtual straps and the AWS services (200 MB, only this once)';
  await prepareVenv(pythonFolder, { requirements, what, log });
  return { ready: true, python: pythonOfVenv };
}

/**
 * Makes Chromium available; rejects where it cannot be had.
 * @param {Log} log
 * @returns {Promise<ChromiumReady>}
 */
export const prepareChromium = (log) => findChromium(chromiumFolder, (what, work) => step(log, what, work));

/** @param {unknown} error @returns {NotReady} */
const notReady = (error) => ({
  ready: false,
  reason: error instanceof Error ? error.message : String(error),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const servers = await prepareServers();
  console.log(servers);
  process.exitCode = Object.values(servers).every(({ ready }) => ready) ? 0 : 1;
}
