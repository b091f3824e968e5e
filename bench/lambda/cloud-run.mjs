// What stands between a sink and OpenSearch: Kinesis, and the handler at the end of its shards. The URL of OpenSearch
// and the index; tells the parent the URL of Kinesis, and lives as long as that listens.
import { createIndexer } from 'liveheartrate/lambda';
import { startAwsEndpoint } from '../../test/support/aws-endpoint/endpoint.mjs';
import { recordOf } from './record.mjs';

/** How often a shard is read. */
const POLL_MS = 20;
const SHARDS = 2;
const BATCH = 1_000;

const [url = '', index = ''] = process.argv.slice(2);
const handler = createIndexer({ endpoint: url, index });
const kinesis = await startAwsEndpoint({ shards: SHARDS });

/** What no invocation has had yet, by shard. @type {Map<string, import('aws-lambda').KinesisStreamRecord[]>} */
const waiting = new Map();
/** @type {Set<string>} */
const busy = new Set();
let sequence = 0;

setInterval(() => {
  kinesis.calls.length = 0;
  for (const { shard, key, data } of kinesis.records.splice(0)) {
    const records = waiting.get(shard) ?? [];
    waiting.set(shard, records);
    records.push(recordOf({ shard, sequence: ++sequence, key, data, arrival: Date.now() / 1_000 }));
  }
  for (const shard of waiting.keys()) if (!busy.has(shard)) invoke(shard);
}, POLL_MS);

/** One invocation after the other for each shard, as long as there is something. @param {string} shard */
async function invoke(shard) {
  busy.add(shard);
  const records = waiting.get(shard) ?? [];
  while (records.length > 0) {
    const { batchItemFailures } = await handler({ Records: records.splice(0, BATCH) });
    if (batchItemFailures.length > 0) throw new Error('The handler has handed something back.');
  }
  busy.delete(shard);
}

process.on('disconnect', () => process.exit());
process.send?.({ url: kinesis.url });
