import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './run.mjs';

const OLDEST = 21;
const FOLDERS_OF_JDKS = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'];

/** What to do where there is none. */
export const javaMissing = (oldest = OLDEST) =>
  `Java ${oldest} or newer not found (looked at JAVA_HOME, java on PATH, /usr/lib/jvm/*, update-alternatives, ` +
  `macOS /usr/libexec/java_home): install a JDK ${oldest} or newer, e.g. "apt-get install openjdk-${oldest}-jdk" or ` +
  'Eclipse Temurin, or set JAVA_HOME to one.';

/**
 * Finds a Java that is new enough, also where the default one is not.
 * @param {number} [oldest] the major version that will do; that of OpenSearch 3 by default
 * @returns {Promise<string | undefined>} the path of the program
 */
export async function findJava(oldest = OLDEST) {
  for (const candidate of installed()) {
    if ((await versionOf(candidate)) >= oldest) return candidate;
  }
  for (const candidate of await registered(oldest)) {
    if ((await versionOf(candidate)) >= oldest) return candidate;
  }
  return undefined;
}

/** What can be found by looking at files alone. */
function installed() {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'java'));
  const homes = FOLDERS_OF_JDKS.filter(existsSync).flatMap((folder) =>
    readdirSync(folder).flatMap((name) => [join(folder, name), join(folder, name, 'Contents', 'Home')]),
  );
  if (process.env.JAVA_HOME) homes.unshift(process.env.JAVA_HOME);
  const inHomes = homes.map((home) => join(home, 'bin', 'java'));
  return [...inHomes.slice(0, process.env.JAVA_HOME ? 1 : 0), ...onPath, ...inHomes].filter(existsSync);
}

/**
 * What only the system's own registers know.
 * @param {number} oldest
 */
async function registered(oldest) {
  const registers =
    process.platform === 'darwin'
      ? [await run('/usr/libexec/java_home', ['-v', `${oldest}+`], { timeoutMs: 10_000 })]
      : [await run('update-alternatives', ['--list', 'java'], { timeoutMs: 10_000 })];
  const lines = registers.flatMap(({ ok, output }) => (ok ? output.split('\n') : []));
  return lines.map((line) => (line.endsWith('/java') ? line : join(line, 'bin', 'java'))).filter(existsSync);
}

/**
 * The major version: from the file "release" of the JDK, which takes no time, or else from the program itself.
 * @param {string} java
 */
async function versionOf(java) {
  const release = join(dirname(dirname(realpathSync(java))), 'release');
  const text = existsSync(release)
    ? readFileSync(release, 'utf8')
    : (await run(java, ['-version'], { timeoutMs: 20_000 })).output;
  return Number(/version[ =]"(\d+)/i.exec(text)?.[1] ?? 0);
}
