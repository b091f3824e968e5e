import { access, open, rename, stat, unlink } from 'node:fs/promises';
import { InvalidArgumentError } from '../errors.js';
import { rotatedPath, secondOf } from './rotated-name.js';

/** When a file is put away and a new one begun. With both, whichever comes first. */
export interface FileRotation {
  /** When it has so many bytes; the line that reaches them is the last. A whole number from 1. Default: any size. */
  readonly bytes?: number;
  /** When the hour or the day (UTC) is another than that in which it was last written. Default: never. */
  readonly every?: 'hour' | 'day';
}

/** How much of a time in ISO 8601 says which hour or day it is in. */
const PERIODS = { hour: 13, day: 10 };

/** Throws an {@link InvalidArgumentError} where it says nothing, or something else than it may. */
export function checkRotation({ bytes, every }: FileRotation): void {
  if (bytes === undefined && every === undefined)
    throw new InvalidArgumentError('rotate needs bytes, every, or both.');
  if (bytes !== undefined && !(Number.isSafeInteger(bytes) && bytes > 0))
    throw new InvalidArgumentError(`rotate.bytes must be a whole number from 1, but is ${bytes}.`);
  if (every !== undefined && !Object.hasOwn(PERIODS, every))
    throw new InvalidArgumentError(`rotate.every must be 'hour' or 'day', but is ${every}.`);
}

/**
 * Puts a file away when that is due.
 *
 * @param path - The file.
 * @param rotation - When.
 * @param onRotated - Called whenever one was put away.
 * @returns What to call before each writing. It answers how many bytes reach the size of a file, from 1.
 */
export function rotateWhenDue(
  path: string,
  { bytes = Number.POSITIVE_INFINITY, every }: FileRotation,
  onRotated: () => void,
): () => Promise<number> {
  const periodOf = (time: number) => every && new Date(time).toISOString().slice(0, PERIODS[every]);
  const putAway = awayPutter(path);
  /** Of an earlier process, the file system knows. Of this one, its clock may be some milliseconds behind ours. */
  let writtenAt: number | undefined;

  return async () => {
    const now = Date.now();
    const { size, mtimeMs } = await statOf(path);
    const isDue = size >= bytes || periodOf(writtenAt ?? mtimeMs) !== periodOf(now);
    const rotates = isDue && size > 0;
    if (rotates) {
      await putAway(now);
      onRotated();
    }
    writtenAt = now;
    return rotates ? bytes : bytes - size;
  };
}

/** Renames the file to the first free name of the time. */
function awayPutter(path: string): (now: number) => Promise<void> {
  let second = '';
  let count = 0;

  return async (now) => {
    if (second !== secondOf(now)) {
      second = secondOf(now);
      count = 0;
    }
    while (!(await reserve(rotatedPath(path, second, count)))) count++;
    const away = rotatedPath(path, second, count);
    try {
      await rename(path, away);
    } catch (error) {
      await removeEmpty(away);
      throw error;
    }
    count++;
  };
}

/** Makes an empty file to rename over, since a renaming by itself overwrites what is there. */
async function reserve(path: string): Promise<boolean> {
  if (await exists(`${path}.gz`)) return false;
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Some file systems have renamed although they say no: only what is empty may go. */
async function removeEmpty(path: string): Promise<void> {
  const { size } = await statOf(path);
  if (size === 0) await unlink(path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A file that is not there is as good as one that is empty. */
async function statOf(path: string): Promise<{ size: number; mtimeMs: number }> {
  return stat(path).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return { size: 0, mtimeMs: 0 };
    throw error;
  });
}

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;
