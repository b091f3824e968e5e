import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../scripts/servers.mjs';

/**
 * A new folder on the disk of the checkout, for as long as the work takes: a temporary one may be in memory.
 * @template Result
 * @param {(folder: string) => Promise<Result>} work
 */
export async function withFolder(work) {
  const parent = join(cacheFolder, 'bench');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'run-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
