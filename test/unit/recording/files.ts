import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { soon } from '../../support/soon.ts';

/** Answers the path of a file that is not there yet, in a folder that is removed after the tests of the file. */
export function freshFiles(): () => string {
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recording-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return () => join(folder, `${files++}.jsonl`);
}

/** Whether this process has the file open. Only Linux tells; elsewhere it seems that none is. */
export async function isOpen(path: string): Promise<boolean> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  // One of them is that of reading the folder, and gone already.
  const paths = numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => ''));
  return (await Promise.all(paths)).includes(path);
}

/** Waits until this process does not have the file open any more. */
export const untilClosed = (path: string) => soon(async () => expect(await isOpen(path)).toBe(false));
