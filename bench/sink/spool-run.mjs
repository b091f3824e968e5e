// Samples a second that a sink takes onto the disk while its service is away: `os` or `disk`, and the folder.
import { kinesisSink } from 'liveheartrate/kinesis';
import { samplesOf } from '../samples.mjs';
import { acceptAll } from './accept-all.mjs';
import { clientFor, NOWHERE, STREAM } from './client.mjs';

const SESSIONS = 1_000;
const PER_ROUND = 100_000;
const WARM_UP = 1;
const ROUNDS = 7;

const [durability, directory = ''] = process.argv.slice(2);
const spool = { directory, durability: /** @type {'os' | 'disk'} */ (durability) };
const sink = kinesisSink({ streamName: STREAM, client: clientFor(NOWHERE), spool });

const rates = [];
for (let round = 0; round < WARM_UP + ROUNDS; round++) {
  const samples = [...samplesOf(PER_ROUND, SESSIONS, round * PER_ROUND)];
  const start = performance.now();
  await acceptAll(sink, samples);
  if (round >= WARM_UP) rates.push((PER_ROUND / (performance.now() - start)) * 1_000);
}
const { unsettled, calls } = sink.stats();
if (unsettled !== (WARM_UP + ROUNDS) * PER_ROUND) throw new Error(`Only ${unsettled} samples were taken.`);
console.log(JSON.stringify({ rates, calls }));
process.exit();
