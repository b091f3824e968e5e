import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findJava, javaMissing } from './java.mjs';
import { once } from './once.mjs';
import { run } from './run.mjs';
import { step } from './step.mjs';

const VERSION = '476';
const OLDEST_JAVA = 24;
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
const DOWNLOAD_MS = 12 * 60_000;
const UNPACK_MS = 3 * 60_000;

/**
 * Makes Trino available, the engine of Athena; rejects where it cannot be had.
 * @param {string} folder in which it is kept
 * @param {(line: string) => void} log
 * @returns {Promise<{ java: string, home: string }>}
 */
export async function prepareTrino(folder, log) {
  const java = await findJava(OLDEST_JAVA);
  if (!java) throw new Error(javaMissing(OLDEST_JAVA));
  const home = join(folder, `trino-server-${VERSION}`);
  const fill = async () => {
    await step(log, 'Trino: fetching it with Maven (821 MB, only this once)', () => download(folder));
    await step(log, 'Trino: unpacking what reads Parquet (400 MB)', () => unpack(folder, home));
  };
  await once(folder, { inputs: [VERSION], proof: join(home, 'lib'), fill });
  return { java, home };
}

/** @param {string} folder */
async function download(folder) {
  // In a repository of its own, which goes again: the user's would keep all of it a second time.
  const repository = join(folder, 'repository');
  const artifact = `-Dartifact=io.trino:trino-server:${VERSION}:tar.gz`;
  const where = [`-DoutputDirectory=${folder}`, `-Dmaven.repo.local=${repository}`];
  const mvn = await run('mvn', ['--batch-mode', '--quiet', COPY, artifact, ...where], {
    timeoutMs: DOWNLOAD_MS,
  });
  if (!mvn.found) throw new Error('Maven not found (looked for mvn on PATH): install it.');
  if (!mvn.ok) throw new Error(`Maven could not fetch Trino: ${mvn.output}`);
  await rm(repository, { recursive: true });
}

/**
 * @param {string} folder
 * @param {string} home
 */
async function unpack(folder, home) {
  const archive = join(folder, `trino-server-${VERSION}.tar.gz`);
  // All of it, since files of one plugin are links to those of another.
  const tar = await run('tar', ['-xzf', archive, '-C', folder], { timeoutMs: UNPACK_MS });
  if (!tar.ok) throw new Error(`tar could not unpack Trino: ${tar.output}`);
  await rm(archive);
  const plugins = join(home, 'plugin');
  for (const name of await readdir(plugins)) {
    if (name !== 'hive') await rm(join(plugins, name), { recursive: true });
  }
}
