import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { command } from '../command.ts';

/** A computer that has Node.js, npm and a shell, but nothing that compiles, and whose user has just come. */
export interface PlainComputer {
  /** An empty folder. */
  readonly folder: string;
  /** In place of the whole environment. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** What leads to the registry where it is not there by itself. */
const wayOut = /proxy$|^npm_config_|^NODE_EXTRA_CA_CERTS$|^SSL_CERT/i;

/** Sets one up in a temporary folder. */
export async function plainComputer(): Promise<PlainComputer> {
  const place = await mkdtemp(join(tmpdir(), 'liveheartrate-plain-'));
  const [bin, home, folder] = [join(place, 'bin'), join(place, 'home'), join(place, 'user')];
  for (const path of [bin, home, folder]) await mkdir(path);
  const npm = (await command(['which', 'npm'], { cwd: place })).trim();
  for (const path of [process.execPath, npm, join(dirname(npm), 'npx'), '/bin/sh', '/usr/bin/env'])
    await symlink(path, join(bin, basename(path)));
  // What was fetched once need not be fetched again.
  const cache = (await command([npm, 'config', 'get', 'cache'], { cwd: place })).trim();
  const others = Object.keys(process.env).filter((name) => !wayOut.test(name));
  return {
    folder,
    env: {
      ...Object.fromEntries(others.map((name) => [name, undefined])),
      PATH: bin,
      HOME: home,
      npm_config_cache: cache,
    },
    remove: () => rm(place, { recursive: true, force: true }),
  };
}
