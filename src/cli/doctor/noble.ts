import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Fork, forks, installNoble, loadNoble } from '../../noble/load-noble.js';
import type { Check } from './check.js';

const compilers: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'sudo apt-get install build-essential python3',
  darwin: 'xcode-select --install',
  win32: 'the Visual Studio Build Tools with "Desktop development with C++"',
};

/** Which fork of noble there is, and whether it loads. */
export async function checkNoble(): Promise<{ check: Check; fork: Fork | undefined }> {
  try {
    const fork = await loadNoble();
    const found = `${fork.name} ${versionOf(fork.name) ?? ''}`.trim();
    return { check: { name: 'noble', state: 'ok', found }, fork };
  } catch (error) {
    const { errors } = (error as Error).cause as AggregateError;
    return { check: failedNoble(errors.map(reasonOf), forks.map(versionOf)), fork: undefined };
  }
}

/** @param versions - Of each fork that is installed, in the order of {@link forks}. */
export function failedNoble(
  reasons: readonly string[],
  versions: readonly (string | undefined)[],
  platform = process.platform,
): Check {
  const installed = forks.flatMap((name, at) =>
    versions[at] === undefined ? [] : [`${name} ${versions[at]} does not load: ${reasons[at]}`],
  );
  const compiler = compilers[platform];
  return {
    name: 'noble',
    state: 'failed',
    found: installed.join('; ') || 'not installed',
    remedy:
      installed.length === 0
        ? installNoble
        : `${installNoble}, which brings ready-made binaries; or build this one, with its install scripts allowed: ` +
          `npm rebuild${compiler ? ` (needs ${compiler})` : ''}`,
  };
}

const reasonOf = (error: unknown) => (error as Error).message.split('\n')[0] ?? '';

/** The version of an installed package, seen from this command. */
function versionOf(name: string): string | undefined {
  try {
    const require = createRequire(realpathSync(process.argv[1] ?? '.'));
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
