// Samples a second through the sink and by another way, in pairs one after the other: `bare-sdk` or `put-record-each`.
import { startSeparateAwsEndpoint } from '../../test/support/aws-endpoint/separate.mjs';
import { samplesOf } from '../samples.mjs';
import { clientFor } from './client.mjs';
import { batchesOf, byBareSdk, oneByOne, throughSink } from './ways.mjs';

const LATENCY = 5;
const PER_CALL = 500;
const PER_ROUND = 200_000;
const ONE_BY_ONE = 200;
const WARM_UP = 2;
const ROUNDS = { 'bare-sdk': 7, 'put-record-each': 5 };

const way = /** @type {keyof typeof ROUNDS} */ (process.argv[2]);
const calls = Number(process.argv[3]);
/** A call has one record of a session: this many sessions fill so many calls, and with several those that come next. */
const sessions = calls === 1 ? PER_CALL : 2 * calls * PER_CALL;
const endpoint = await startSeparateAwsEndpoint({ latency: LATENCY, keepRecords: false });
const client = clientFor(endpoint.url);
const samples = [...samplesOf(PER_ROUND, sessions)];
const batches = batchesOf(samples);
const few = samples.slice(0, ONE_BY_ONE);
const sink = () => throughSink(client, samples);
const other = () => (way === 'bare-sdk' ? byBareSdk(client, batches, calls) : oneByOne(client, few));

const rounds = [];
for (let round = -WARM_UP; round < ROUNDS[way]; round++) {
  // The first of a pair has an advantage, or the second.
  const pair = round % 2 ? [await sink(), await other()] : [await other(), await sink()].toReversed();
  await endpoint.forget();
  if (round >= 0) rounds.push({ sink: pair[0], other: pair[1] });
}
client.destroy();
await endpoint.stop();
console.log(JSON.stringify(rounds));
