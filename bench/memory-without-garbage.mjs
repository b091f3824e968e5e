import { setTimeout as sleep } from 'node:timers/promises';

const COLLECTIONS = 5;
const PAUSE_MS = 200;

/**
 * The least of some readings: pages go back to the system some time after a collection, and not all at once. Wants
 * --expose-gc.
 */
export async function memoryWithoutGarbage() {
  const all = [];
  for (let collection = 0; collection < COLLECTIONS; collection++) {
    globalThis.gc?.();
    await sleep(PAUSE_MS);
    all.push(process.memoryUsage());
  }
  const { rss, heapUsed } = all.reduce((least, one) => (one.rss < least.rss ? one : least));
  return { rss, heapUsed };
}
