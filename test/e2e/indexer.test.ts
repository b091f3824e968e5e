import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { expect, it, vi } from 'vitest';
import { createIndexer, prepareIndex } from '../../src/lambda/index.js';
import { indexMapping, serializeSample } from '../../src/sample/index.js';
import { freePort } from '../support/free-port.js';
import { kinesisEvent } from '../support/kinesis-event.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const line = (sequence: number) => serializeSample(sampleOf(sequence));

async function open() {
  const index = `heart_rate-${randomUUID()}`;
  await prepareIndex(client, index);
  const read = async (name: string) => {
    await client.indices.refresh({ index: name });
    const { body } = await client.search({ index: name, size: 1_000 });
    return new Map(body.hits.hits.map(({ _id, _source }) => [_id, _source]));
  };
  return { index, indexer: createIndexer({ endpoint: opensearch.url, index }), read };
}

describe('the indexer on the real OpenSearch', () => {
  it('makes the index from the schema, green on one node', async () => {
    const { index, indexer } = await open();
    await indexer(kinesisEvent([line(0)]));
    const { body: mappings } = await client.indices.getMapping({ index });
    expect(mappings[index]?.mappings).toMatchObject({
      dynamic: 'false',
      properties: indexMapping().properties,
    });
    const { body: health } = await client.cluster.health({ index, wait_for_status: 'green', timeout: '10s' });
    expect(health.status).toBe('green');
    await expect(prepareIndex(client, index)).resolves.toBeUndefined();
  });

  it('has each sample once, however often its record comes, and keeps what is none', async () => {
    const { index, indexer, read } = await open();
    const older = '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n';
    const event = kinesisEvent([line(0) + line(1), older, 'rubbish', '{"timestamp":"2026-11-23T10:00:00Z"}']);
    for (let delivery = 0; delivery < 3; delivery++) {
      await expect(indexer(event)).resolves.toEqual({ batchItemFailures: [] });
    }
    expect(await read(index)).toEqual(
      new Map<string, unknown>([
        ['ride:0', JSON.parse(line(0))],
        ['ride:1', JSON.parse(line(1))],
        ['shardId-000000000000:101:0', { timestamp: '2025-08-05T10:00:00.123Z', heart_rate: 72 }],
      ]),
    );
    const rejected = [...(await read(`${index}-rejected`)).values()] as unknown as {
      reason: string;
      payload: string;
    }[];
    expect(rejected.map(({ reason, payload }) => [reason, payload]).sort()).toEqual([
      ['heart_rate is missing', JSON.stringify('{"timestamp":"2026-11-23T10:00:00Z"}')],
      ['not JSON', '"rubbish"'],
    ]);
  });

  it('takes the longest identity there can be, and any text', async () => {
    const { index, indexer, read } = await open();
    const samples = ['é'.repeat(128), '汉'.repeat(128), '😀'.repeat(64), '\ud800', 'a/b?c#d"e\n'].map(
      (session) => sampleOf(Number.MAX_SAFE_INTEGER, { session, timestamp: new Date(0), heartRate: 65_535 }),
    );
    const events = kinesisEvent(samples.map(serializeSample));
    await expect(indexer(events)).resolves.toEqual({ batchItemFailures: [] });
    expect((await read(index)).size).toBe(samples.length);
  });

  it('keeps what the index refuses for good, and indexes what stands beside it', async () => {
    const { index, indexer, read } = await open();
    await client.indices.create({
      index,
      body: { mappings: { properties: { heart_rate: { type: 'byte' } } } },
    });
    const large = serializeSample(sampleOf(1, { heartRate: 300 }));
    await expect(indexer(kinesisEvent([line(0), large, line(2)]))).resolves.toEqual({
      batchItemFailures: [],
    });
    expect([...(await read(index)).keys()].sort()).toEqual(['ride:0', 'ride:2']);
    const [kept] = [...(await read(`${index}-rejected`)).values()] as unknown as {
      reason: string;
      payload: string;
    }[];
    expect(kept?.reason).toMatch(/^400 /);
    expect(JSON.parse(kept?.payload ?? '')).toEqual(JSON.parse(large));
  });

  it('hands back what the index does not take for reasons of its own', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const { index, indexer } = await open();
    await client.indices.create({ index, body: { settings: { 'index.blocks.write': true } } });
    const again = { batchItemFailures: [{ itemIdentifier: '100' }] };
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(again);
    await client.indices.close({ index });
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(again);
    expect(
      error.mock.calls.map(([text]) => (JSON.parse(String(text)) as { reasons: string[] }).reasons),
    ).toEqual([['cluster_block_exception'], ['index_closed_exception']]);
    error.mockRestore();
  });

  it('takes a record full of tiny documents', async () => {
    const { index, indexer } = await open();
    await expect(indexer(kinesisEvent(['x\n'.repeat(20_000), line(0)]))).resolves.toEqual({
      batchItemFailures: [],
    });
    await client.indices.refresh({ index: `${index}*` });
    const { body } = await client.count({ index: `${index}-rejected` });
    expect(body.count).toBe(20_000);
  });

  it('is not blocked by what it keeps, though nobody has prepared the indices', async () => {
    const index = `unprepared-${randomUUID()}`;
    const indexer = createIndexer({ endpoint: opensearch.url, index });
    for (const rubbish of ['2026-01-01', 'garbage']) {
      await expect(indexer(kinesisEvent([rubbish]))).resolves.toEqual({ batchItemFailures: [] });
    }
  });

  it('hands everything back where OpenSearch is away', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const port = await freePort();
    const indexer = createIndexer({ endpoint: `http://127.0.0.1:${port}`, index: 'heart_rate' });
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
    expect(error.mock.calls.map(([text]) => (JSON.parse(String(text)) as { code: string }).code)).toEqual([
      'INDEX_UNAVAILABLE',
    ]);
    error.mockRestore();
    const away = new Client({ node: `http://127.0.0.1:${port}`, maxRetries: 0 });
    await expect(prepareIndex(away)).rejects.toThrow(expect.objectContaining({ code: 'INDEX_UNAVAILABLE' }));
  });
});
