import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { Client } from '@opensearch-project/opensearch';
import { createIndexer, type KinesisEvent, prepareIndex } from '../../src/lambda/index.js';
import { indexNames } from '../../src/opensearch/index-names.js';
import { awsClientConfig } from '../support/aws.js';
import { runProgram } from '../support/program.js';
import { startVirtualStrap } from '../support/strap/virtual-strap.js';
import { pollStream } from '../support/stream-poller.js';

const PRODUCER = fileURLToPath(new URL('producer.mjs', import.meta.url));
/** For all samples to arrive, milliseconds. */
const DEADLINE = 1_200_000;
/** Between two searches, so that they do not keep busy what is being measured, milliseconds. */
const PAUSE = 100;
/** The fields of a document that a test looks at. */
export interface Document {
  readonly heart_rate: number;
  readonly rr_intervals?: number[];
  readonly sequence: number;
  readonly session_id: string;
  readonly sensor_name: string;
  readonly timestamp: string;
}

/** What {@link runChain} is to do. */
export interface Chain {
  readonly fork: '@abandonware/noble' | '@stoprocent/noble';
  readonly aws: string;
  readonly opensearch: string;
  /** The notifications of the strap, in hexadecimal digits, and how many of them a second. */
  readonly packets: string[];
  readonly rate: number;
  /** Whether many samples go into a record, as what is sent by the thousand does. */
  readonly pack?: { readonly delay: number };
  /** Sees every event beside the indexer. */
  readonly onEvent?: (event: KinesisEvent) => Promise<void>;
}

/**
 * Virtual strap → noble's HCI code → `heartRate` → `kinesisSink` → Kinesis API → handler → OpenSearch. The producer
 * is a process of its own.
 *
 * @returns Every document, and for each notification the milliseconds until it was searchable.
 */
export async function runChain(chain: Chain) {
  const id = randomUUID();
  const [streamName, index] = [`rides-${id}`, `heart_rate-${id}`];
  const kinesis = new KinesisClient(awsClientConfig(chain.aws));
  const opensearch = new Client({ node: chain.opensearch });
  await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }));
  await prepareIndex(opensearch, { index });
  // What is made by the first sample cannot be searched at once.
  const today = indexNames(index, 'day').of(new Date());
  await opensearch.indices.create({ index: today, wait_for_active_shards: 1 });

  const strap = await startVirtualStrap();
  const indexer = createIndexer({ endpoint: chain.opensearch, index, metrics: false });
  const stopPolling = pollStream(kinesis, streamName, async (event, context) => {
    await chain.onEvent?.(event);
    return indexer(event, context);
  });
  const { fork, aws: endpoint, pack } = chain;
  const options = { fork, port: strap.port, endpoint, streamName, pack, samples: chain.packets.length };
  const producer = runProgram(PRODUCER, [JSON.stringify(options)]);
  try {
    await strap.on('subscription', 1);
    const seenAt = watchSearchable(opensearch, index, chain.packets.length);
    seenAt.catch(() => undefined); // It is awaited below, where nothing has failed before.
    const sentAt = await strap.play(chain.packets, chain.rate);
    const exit = await producer.ended(DEADLINE);
    const latencies = (await seenAt).map((time, sequence) => time - (sentAt[sequence] ?? Number.NaN));
    const indexed = await opensearch.count({ index });
    return { exit, latencies, count: indexed.body.count, documents: await readAll(opensearch, index) };
  } finally {
    // It has ended by itself where nothing has failed.
    producer.process.kill('SIGKILL');
    await stopPolling();
    await strap.stop();
  }
}

/** For each sequence number, when a search first found it. */
async function watchSearchable(client: Client, index: string, count: number): Promise<number[]> {
  const seenAt: number[] = [];
  const deadline = Date.now() + DEADLINE;
  while (seenAt.filter(Boolean).length < count) {
    if (Date.now() > deadline)
      throw new Error(`Only ${seenAt.filter(Boolean).length} of ${count} samples became searchable.`);
    const first =
      Array.from({ length: count }, (_, at) => at).find((at) => seenAt[at] === undefined) ?? count;
    const { body } = await client.search({
      index,
      size: 5_000,
      body: { _source: ['sequence'], query: { range: { sequence: { gte: first } } } },
    });
    const now = Date.now();
    for (const { _source } of body.hits.hits) seenAt[(_source as unknown as Document).sequence] ??= now;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return seenAt;
}

async function readAll(client: Client, index: string): Promise<Document[]> {
  await client.indices.refresh({ index });
  const { body } = await client.search({ index, size: 10_000, body: { sort: [{ sequence: 'asc' }] } });
  return body.hits.hits.map(({ _source }) => _source as unknown as Document);
}
