import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Client } from '@opensearch-project/opensearch';
import { expect, it } from 'vitest';
import { createIndexer, type IndexerOptions, prepareIndex } from '../../src/lambda/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { kinesisEvent } from '../support/kinesis-event.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const DONE = { batchItemFailures: [] };
const on = (sequence: number, day: number) =>
  serializeSample(sampleOf(sequence, { timestamp: new Date(day) }));
const line = (sequence: number) => serializeSample(sampleOf(sequence));
const contextOf = (milliseconds: number) => {
  const end = Date.now() + milliseconds;
  return { getRemainingTimeInMillis: () => end - Date.now() };
};

async function open(options: Partial<IndexerOptions> = {}) {
  const index = `heart_rate-${randomUUID()}`;
  await prepareIndex(client, { index });
  const told: Record<string, unknown>[] = [];
  const tell = (_: string, facts: Record<string, unknown>) => void told.push(facts);
  const logger = { debug: tell, warn: tell, error: tell };
  const indexer = createIndexer({ endpoint: opensearch.url, index, logger, metrics: false, ...options });
  return { index, indexer, told };
}

describe('the real OpenSearch, where somebody sends what nobody expects', () => {
  it('takes what keeps a small record that unpacks to control characters', async () => {
    const { indexer } = await open();
    const bomb = gzipSync('\x01'.repeat(15 * 2 ** 20));
    await expect(indexer(kinesisEvent([bomb, line(0)]))).resolves.toEqual(DONE);
  });

  it('has the good samples indexed beside those of an index without a primary shard', async () => {
    const { index, indexer, told } = await open();
    const name = `${index}-2026.11.22`;
    const settings = { 'index.routing.allocation.require._name': 'nobody' };
    await client.indices.create({ index: name, body: { settings }, wait_for_active_shards: '0' });
    const late = on(1, Date.UTC(2026, 10, 22));
    const event = { Records: [line(0), late].map((body, at) => ({ messageId: `m${at}`, body })) };
    const answer = await indexer(event, contextOf(12_000));
    await client.indices.delete({ index: name });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
    expect(told[0]?.reasons).toContain('503 unavailable_shards_exception');
  });

  it('makes progress where reading takes longer than the invocation', async () => {
    const { indexer } = await open();
    const blank = gzipSync('\n'.repeat(16 * 2 ** 20 - 1));
    const event = kinesisEvent([line(0), ...Array.from({ length: 60 }, () => blank)]);
    // A machine that is too busy for the first record may have it again.
    await expect
      .poll(() => indexer(event, contextOf(3_000)))
      .not.toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  });

  it('keeps a document for the sake of which a field with a telling name is too long', async () => {
    const { index, indexer } = await open({
      transform: (document, { sequence }) =>
        sequence === 1 ? { ...document, template: 'é'.repeat(20_000) } : document,
    });
    const properties = { template: { type: 'keyword' as const } };
    await client.indices.create({ index: `${index}-2026.11.23`, body: { mappings: { properties } } });
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual(DONE);
  });
});
