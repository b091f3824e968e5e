import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { expect, it } from 'vitest';
import {
  createIndexer,
  type Indexer,
  type IndexerOptions,
  type KinesisEvent,
  prepareIndex,
} from '../../src/lambda/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { freePort } from '../support/free-port.js';
import { kinesisEvent } from '../support/kinesis-event.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const DONE = { batchItemFailures: [] };
/** A document in the index of what is no sample. */
interface Kept {
  readonly reason: string;
  readonly payload: string;
}
const line = (sequence: number) => serializeSample(sampleOf(sequence));
/** As an event source does: what is handed back, since the machine is busy, comes again. */
const deliver = (indexer: Indexer, event: KinesisEvent) =>
  expect.poll(() => indexer(event), { timeout: 250_000 }).toEqual(DONE);

/** Nothing of what the handler tells goes to the output of the tests. */
const quiet = () => {
  const told: { message: string; facts: Record<string, unknown> }[] = [];
  const tell = (message: string, facts: Record<string, unknown>) => void told.push({ message, facts });
  return { told, logger: { debug: () => undefined, warn: tell, error: tell }, metrics: false } as const;
};

async function open(options: Partial<IndexerOptions> = {}, refreshInterval = '1s') {
  const index = `heart_rate-${randomUUID()}`;
  await prepareIndex(client, { index, refreshInterval });
  const { told, ...silent } = quiet();
  const indexer = createIndexer({ endpoint: opensearch.url, index, ...silent, ...options });
  const read = async (name: string) => {
    await client.indices.refresh({ index: name });
    const { body } = await client.search({ index: name, size: 1_000 });
    return new Map(body.hits.hits.map(({ _id, _source }) => [_id, _source]));
  };
  return { index, indexer, read, told };
}

describe('the indexer on the real OpenSearch', () => {
  it('has each sample once, however often its record comes, and keeps what is none', async () => {
    const { index, indexer, read } = await open();
    const older = '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n';
    const event = kinesisEvent([line(0) + line(1), older, 'rubbish', '{"timestamp":"2026-11-23T10:00:00Z"}']);
    for (let delivery = 0; delivery < 3; delivery++) {
      await expect(indexer(event)).resolves.toEqual(DONE);
    }
    const index_latency: unknown = expect.any(Number);
    expect(await read(index)).toEqual(
      new Map<string, unknown>([
        ['ride:0', { ...JSON.parse(line(0)), index_latency }],
        ['ride:1', { ...JSON.parse(line(1)), index_latency }],
        [
          'shardId-000000000000:101:0',
          { timestamp: '2025-08-05T10:00:00.123Z', heart_rate: 72, index_latency },
        ],
      ]),
    );
    const rejected = [...(await read(`${index}-rejected`)).values()] as unknown as Kept[];
    expect(rejected.map(({ reason, payload }) => [reason, payload]).sort()).toEqual([
      ['heart_rate is missing', JSON.stringify('{"timestamp":"2026-11-23T10:00:00Z"}')],
      ['not JSON', '"rubbish"'],
    ]);
  });

  it.each([
    ['at once where that is asked for', true, 2],
    ['only after the next refresh where it is not', false, 0],
  ])('makes samples findable %s', async (_, refresh, found) => {
    const never = '-1';
    const { index, indexer, read } = await open({ refresh }, never);
    await deliver(indexer, kinesisEvent([line(0), line(1)]));
    expect((await client.count({ index })).body.count).toBe(found);
    expect((await read(index)).size).toBe(2);
  });

  it('takes the longest identity there can be, and any text', async () => {
    const { index, indexer, read } = await open();
    const samples = ['é'.repeat(128), '汉'.repeat(128), '😀'.repeat(64), '\ud800', 'a/b?c#d"e\n'].map(
      (session) => sampleOf(Number.MAX_SAFE_INTEGER, { session, timestamp: new Date(0), heartRate: 65_535 }),
    );
    const events = kinesisEvent(samples.map(serializeSample));
    await expect(indexer(events)).resolves.toEqual(DONE);
    expect((await read(index)).size).toBe(samples.length);
  });

  it('keeps what the index refuses for good, and indexes what stands beside it', async () => {
    const { index, indexer, read, told } = await open();
    const day = `${index}-2026.11.23`;
    const properties = { heart_rate: { type: 'byte' as const } };
    await client.indices.create({ index: day, body: { mappings: { properties } } });
    const large = serializeSample(sampleOf(1, { heartRate: 300 }));
    await expect(indexer(kinesisEvent([line(0), large, line(2)]))).resolves.toEqual(DONE);
    expect([...(await read(index)).keys()].sort()).toEqual(['ride:0', 'ride:2']);
    const [kept] = [...(await read(`${index}-rejected`)).values()] as unknown as Kept[];
    expect(kept?.reason).toMatch(/^400 mapper_parsing_exception: failed to parse field \[heart_rate\]/);
    expect(JSON.parse(kept?.payload ?? '')).toEqual(JSON.parse(large));
    expect(told).toMatchObject([{ message: 'documents rejected', facts: { indexed: 2, rejected: 1 } }]);
  });

  it('keeps what a transform makes too long for the index', async () => {
    const { index, indexer, read } = await open({
      transform: (document, { sequence }) =>
        sequence === 1 ? { ...document, session_id: 'é'.repeat(20_000) } : document,
    });
    await expect(indexer(kinesisEvent([line(0), line(1), line(2)]))).resolves.toEqual(DONE);
    expect((await read(index)).size).toBe(2);
    expect((await read(`${index}-rejected`)).size).toBe(1);
  });

  it('hands back what the index does not take for reasons of its own', async () => {
    const { index, indexer, told } = await open();
    const day = `${index}-2026.11.23`;
    await client.indices.create({ index: day, body: { settings: { 'index.blocks.write': true } } });
    const again = { batchItemFailures: [{ itemIdentifier: '100' }] };
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(again);
    await client.indices.close({ index: day });
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(again);
    expect(told.map(({ facts }) => facts.reasons)).toEqual([
      ['403 cluster_block_exception'],
      ['400 index_closed_exception'],
    ]);
  });

  it('hands back what an alias of several indices cannot take', async () => {
    const { index, indexer, read, told } = await open({ rotation: 'none' });
    for (const name of [`${index}-a`, `${index}-b`]) {
      await client.indices.create({ index: name, body: { aliases: { [index]: {} } } });
    }
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
    expect(told[0]?.facts.reasons).toEqual(['400 illegal_argument_exception']);
    await expect(read(`${index}-rejected`)).rejects.toThrow('index_not_found_exception');
  });

  it('takes a record full of tiny documents', async () => {
    const { index, indexer } = await open();
    await deliver(indexer, kinesisEvent(['x\n'.repeat(20_000), line(0)]));
    await client.indices.refresh({ index: `${index}*` });
    const { body } = await client.count({ index: `${index}-rejected` });
    expect(body.count).toBe(20_000);
  });

  it('is not blocked by what it keeps, though nobody has prepared the indices', async () => {
    const index = `unprepared-${randomUUID()}`;
    const indexer = createIndexer({ endpoint: opensearch.url, index, ...quiet() });
    for (const rubbish of ['2026-01-01', 'garbage']) {
      await expect(indexer(kinesisEvent([rubbish]))).resolves.toEqual(DONE);
    }
  });

  it('hands everything back where OpenSearch is away', async () => {
    const port = await freePort();
    const { told, ...silent } = quiet();
    const indexer = createIndexer({ endpoint: `http://127.0.0.1:${port}`, index: 'heart_rate', ...silent });
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
    expect(told).toMatchObject([{ facts: { code: 'INDEX_UNAVAILABLE', handedBack: 2 } }]);
    expect(JSON.stringify(told)).not.toMatch(/strap|ride|127\.0/i);
  });
});
