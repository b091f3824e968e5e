import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isRotated } from './rotated-name.js';

/** What a compression writes to. No two have the same, even where two processes compress one file. */
const TEMPORARY = /\.gz\.[\da-f]{8}\.tmp$/;
const temporaryOf = (path: string) => `${path}.gz.${randomBytes(4).toString('hex')}.tmp`;

/**
 * Compresses what was put away from a path, in the background and one at a time. What fails stays as it is until the
 * next time.
 *
 * @param path - The file that is put away.
 * @returns What to call when there is something to compress.
 */
export function compressRotated(path: string): () => void {
  let last = Promise.resolve();
  let waits = false;

  return () => {
    if (waits) return;
    waits = true;
    last = last
      .then(() => {
        waits = false;
        return compressAll(path);
      })
      .catch(ignore);
  };
}

/** Also what an earlier process has left. */
async function compressAll(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder);
  const isAbandoned = (name: string) => TEMPORARY.test(name) && isRotated(path, name.replace(TEMPORARY, ''));
  for (const name of names.filter(isAbandoned)) await rm(join(folder, name)).catch(ignore);
  for (const name of names.filter((name) => isRotated(path, name)).sort()) {
    await compress(join(folder, name)).catch(ignore);
  }
}

/** At every moment, the plain file or the compressed one is there and whole. */
async function compress(path: string): Promise<void> {
  // An empty one is a name that a rotation has just reserved.
  if ((await stat(path)).size === 0) return;
  const temporary = temporaryOf(path);
  try {
    // On the disk before the plain one is gone: the power may fail too.
    const to = createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(createReadStream(path), createGzip(), to);
    await rename(temporary, `${path}.gz`);
    await unlink(path);
  } finally {
    await rm(temporary, { force: true });
  }
}

const ignore = () => {};
