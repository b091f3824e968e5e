// Reads the memory after 100,000 samples and after 1,000,000, each time without what is garbage, while the service is
// away: `memory` drops the oldest, `spool` has a folder. Wants --expose-gc.
import { setTimeout as sleep } from 'node:timers/promises';
import { kinesisSink } from 'liveheartrate/kinesis';
import { acceptAll } from './accept-all.mjs';
import { clientFor, NOWHERE, STREAM } from './client.mjs';
import { samplesOf } from './samples.mjs';

const FIRST = 100_000;
const LAST = 1_000_000;
const SESSIONS = 1_000;
const COLLECTIONS = 5;
const PAUSE_MS = 200;

const [kind, directory = ''] = process.argv.slice(2);
const spool = kind === 'spool' ? { spool: { directory, durability: /** @type {const} */ ('os') } } : {};
const sink = kinesisSink({ streamName: STREAM, client: clientFor(NOWHERE), ...spool });

/** @type {{ samples: number, rss: number, heapUsed: number }[]} */
const readings = [];
let samples = 0;
for (const until of [FIRST, LAST]) {
  await acceptAll(sink, samplesOf(until - samples, SESSIONS, samples));
  samples = until;
  readings.push({ samples, ...(await memoryWithoutGarbage()) });
}
if (sink.stats().delivered > 0) throw new Error('The service was not away.');
console.log(JSON.stringify(readings));
process.exit();

/** The least of some readings: pages go back to the system some time after a collection, and not all at once. */
async function memoryWithoutGarbage() {
  const all = [];
  for (let collection = 0; collection < COLLECTIONS; collection++) {
    globalThis.gc?.();
    await sleep(PAUSE_MS);
    all.push(process.memoryUsage());
  }
  const { rss, heapUsed } = all.reduce((least, one) => (one.rss < least.rss ? one : least));
  return { rss, heapUsed };
}
