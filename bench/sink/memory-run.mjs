// Reads the memory after 100,000 samples and after 1,000,000, each time without what is garbage, while the service is
// away: `memory` drops the oldest, `spool` has a folder. Wants --expose-gc.
import { kinesisSink } from 'liveheartrate/kinesis';
import { memoryWithoutGarbage } from '../memory-without-garbage.mjs';
import { samplesOf } from '../samples.mjs';
import { acceptAll } from './accept-all.mjs';
import { clientFor, NOWHERE, STREAM } from './client.mjs';

const FIRST = 100_000;
const LAST = 1_000_000;
const SESSIONS = 1_000;

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
