import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 15 * 60_000;

/**
 * Fills a folder once: again only after its inputs have changed or an earlier attempt broke off. Only one process
 * at a time does so, the others wait for it.
 * @param {string} folder
 * @param {{ inputs: readonly string[], proof: string, fill: () => Promise<void> }} how `inputs` is what the content
 * depends on, `proof` a file that is there as long as the content is usable
 */
export async function once(folder, { inputs, proof, fill }) {
  const stamp = createHash('sha256').update(inputs.join('\0')).digest('hex');
  const stampFile = join(folder, 'prepared.sha256');
  const isFilled = async () =>
    existsSync(proof) && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp;
  if (await isFilled()) return;
  await mkdir(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (await isFilled()) return;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await fill();
    // Last of all, so that half a folder never counts.
    await writeFile(stampFile, stamp);
  } finally {
    await unlock();
  }
}

/**
 * @param {string} file
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
async function lock(file) {
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    for (const deadline = Date.now() + LONGEST_MS; ; ) {
      try {
        // A link appears with its content in one step, and never replaces another.
        await link(mine, file);
        return () => rm(file, { force: true });
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      if (await isStale(file)) await rename(file, `${mine}.stale`).catch(() => {});
      else if (Date.now() > deadline)
        throw new Error(`Another process still holds ${file}: end it, or delete the file.`);
      else await sleep(250);
    }
  } finally {
    await rm(mine, { force: true });
    await rm(`${mine}.stale`, { force: true });
  }
}

/** @param {string} file */
async function isStale(file) {
  try {
    const owner = Number(await readFile(file, 'utf8'));
    return !isAlive(owner) || Date.now() - (await stat(file)).mtimeMs > LONGEST_MS;
  } catch {
    return false; // just given back
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
