import { copyFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveError } from './errors.js';

/** A copy is tried so often, and so long is waited between. */
const TRIES = 40;
const PAUSE_MS = 50;

/** Where a copy was made of a database that another process may be writing. */
export interface Snapshot {
  /** Its folder, for nobody else to read. */
  readonly folder: string;
  /** Removes it. */
  remove(): Promise<void>;
}

/**
 * Copies a database and its log as they are at one moment: where one of them has changed meanwhile, again.
 *
 * @param folder - Where the database is.
 * @param name - The name of its file; that of the log begins with it.
 * @param open - Opens a copy; fails where that is not whole.
 */
export async function takeSnapshot(
  folder: string,
  name: string,
  open: (file: string) => Promise<void>,
): Promise<Snapshot> {
  const copy = await mkdtemp(join(tmpdir(), 'liveheartrate-'));
  const remove = () => rm(copy, { recursive: true, force: true });
  try {
    let failure: unknown;
    for (let tries = 0; tries < TRIES; tries++) {
      if (tries > 0) await sleep(PAUSE_MS);
      const before = await stateOf(folder, name);
      // Such an archive has been copied from elsewhere.
      if (before.size === 0) return { folder: copy, remove };
      const copied = await copyAll(folder, [...before.keys()], copy);
      if (!copied || !isSame(before, await stateOf(folder, name))) continue;
      try {
        await open(join(copy, name));
        return { folder: copy, remove };
      } catch (error) {
        failure = error;
      }
    }
    throw (
      failure ??
      new ArchiveError('The archive is being written all the time: ask again.', { retriable: true })
    );
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Whether all of them were there to be copied. */
async function copyAll(folder: string, names: readonly string[], copy: string): Promise<boolean> {
  for (const name of await readdir(copy)) await rm(join(copy, name), { recursive: true });
  try {
    for (const name of names) await copyFile(join(folder, name), join(copy, name));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The files of the database, each with what changes when it is written. */
async function stateOf(folder: string, name: string): Promise<Map<string, string>> {
  const state = new Map<string, string>();
  const names = await readdir(folder).catch(orNothing([]));
  for (const each of names.filter((its) => its.startsWith(name)).sort()) {
    const found = await stat(join(folder, each), { bigint: true }).catch(orNothing(undefined));
    if (found?.isFile()) state.set(each, `${found.ino} ${found.size} ${found.mtimeNs}`);
  }
  return state;
}

const isSame = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
  one.size === other.size && [...one].every(([name, state]) => other.get(name) === state);

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

const orNothing =
  <Nothing>(nothing: Nothing) =>
  (error: unknown): Nothing => {
    if (isMissing(error)) return nothing;
    throw error;
  };
