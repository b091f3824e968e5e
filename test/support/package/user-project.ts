import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../command.ts';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Lock {
  readonly packages: Record<string, { readonly version: string; readonly link?: boolean }>;
}

/**
 * Installs the tarball and some packages with npm, as a user of the package would. Our own lock file goes with it,
 * so that every version is the one that the other tests run with. No install script runs unless `scripts` is set.
 */
export async function installUser(
  folder: string,
  tarball: string,
  packages: readonly string[],
  flags: readonly string[] = [],
  { env = {}, scripts = false }: { readonly env?: NodeJS.ProcessEnv; readonly scripts?: boolean } = {},
): Promise<void> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const installed = Object.entries(lock.packages).filter(
    ([path, { link }]) => path.startsWith('node_modules/') && !link,
  );
  const versions = packages.map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
  const user = {
    name: 'user',
    version: '1.0.0',
    dependencies: { ...Object.fromEntries(versions), liveheartrate: `file:${tarball}` },
  };
  const locked = {
    ...user,
    lockfileVersion: 3,
    // npm leaves out what nobody depends on here.
    packages: { '': user, ...Object.fromEntries(installed) },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(user));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(locked));
  const quietly = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  if (!scripts) quietly.push('--ignore-scripts');
  await command(['npm', 'install', '--prefer-offline', ...quietly, ...flags], {
    cwd: folder,
    within: 280_000,
    env,
  });
}
