import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './run.mjs';

const OLDEST = 21;
const FOLDERS_OF_JDKS = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'];

export const javaMissing =
  `Java ${OLDEST} or newer not found (looked at JAVA_HOME, java on PATH, /usr/lib/jvm/*, update-alternatives, ` +
  `macOS /usr/libexec/java_home): install a JDK ${OLDEST} or newer, e.g. "apt-get install openjdk-21-jdk" or ` +
  'Eclipse Temurin, or set JAVA_HOME to one.';

/**
 * Finds a Java that is new enough for OpenSearch 3, also where the default one is not.
 * @returns {Promise<string | undefined>} the path of the program
 */
export async function findJava() {
  for (const candidate of installed()) {
    if ((await versionOf(candidate)) >= OLDEST) return candidate;
  }
  for (const candidate of await registered()) {
    if ((await versionOf(candidate)) >= OLDEST) return candidate;
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

/** What only the system's own registers know. */
async function registered() {
  const registers =
    process.platform === 'darwin'
      ? [await run('/usr/libexec/java_home', ['-v', `${OLDEST}+`], { timeoutMs: 10_000 })]
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
