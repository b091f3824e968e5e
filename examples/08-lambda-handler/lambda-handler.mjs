import { parseArgs } from 'node:util';
import { heartRate, serializeSample } from 'liveheartrate';
import { createIndexer } from 'liveheartrate/lambda';
import { embeddedIndex } from 'liveheartrate/local';
import { nobleCentral } from 'liveheartrate/noble';
import { openSearchClient, prepareIndex } from 'liveheartrate/opensearch';
import { simulatedCentral } from 'liveheartrate/simulator';
import { lastValueFrom, take, toArray } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });
const openSearch = process.env.OPENSEARCH_ENDPOINT ? openSearchClient() : undefined;
const names = { index: 'heart_rate_example', rotation: 'none' };
if (openSearch) await prepareIndex(openSearch, names);

/** The whole Lambda function. */
const client = openSearch ?? embeddedIndex();
const transform = (document) => ({ ...document, team: 'blue' });
const handler = createIndexer({ ...names, client, transform, metrics: false });

/** An event as Lambda makes it of the records of a stream. */
const eventOf = (records) => ({
  Records: records.map((record, at) => ({
    eventSource: 'aws:kinesis',
    eventID: `shardId-000000000000:${at}`,
    kinesis: { data: Buffer.from(record).toString('base64'), sequenceNumber: String(at) },
  })),
});

async function count(index) {
  if (!openSearch) return client.count(index);
  await openSearch.indices.refresh({ index });
  return (await openSearch.count({ index })).body.count;
}

const central = values.ble ? nobleCentral() : simulatedCentral({ speed: 10 });
const samples = await lastValueFrom(heartRate(central).pipe(take(10), toArray()));
const event = eventOf([...samples.map(serializeSample), 'no sample']);
console.log('first', await handler(event));
console.log('delivered again', await handler(event));
console.log(await count(names.index), 'samples,', await count(`${names.index}-rejected`), 'rejected');
