import { describe, expect, it } from 'vitest';
import type { BulkClient, BulkItem } from '../../../src/lambda/bulk.js';
import { createIndexer } from '../../../src/lambda/index.js';
import { indexerOf } from '../../../src/lambda/indexer.js';
import { embeddedIndex } from '../../../src/local/index.js';
import { serializeSample } from '../../../src/sample/index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const line = (sequence: number) => serializeSample(sampleOf(sequence));

/** The embedded index with faults in front: what a document or a whole request is answered, by the document's id. */
function faulty(answer: (id: string, index: string) => BulkItem | 'away' | undefined) {
  const index = embeddedIndex();
  const client: BulkClient = {
    async bulk({ body }) {
      const actions = body
        .filter((_, at) => at % 2 === 0)
        .map(({ create }) => create as { _id: string; _index: string });
      const answers = actions.map(({ _id, _index }) => answer(_id, _index));
      if (answers.includes('away')) throw new Error('connect ECONNREFUSED');
      const taken = body.filter((_, at) => answers[at >> 1] === undefined);
      const { items } = (await index.bulk({ body: taken })).body;
      const left = [...items];
      return {
        body: {
          items: answers.map(
            (item) => (item === undefined ? left.shift() : { create: item as BulkItem }) ?? {},
          ),
        },
      };
    },
  };
  const log: string[] = [];
  return { index, log, indexer: indexerOf({ client, index: 'heart_rate', log: (text) => log.push(text) }) };
}

describe('the indexer', () => {
  it('indexes every sample under its identity, with exact values', async () => {
    const { indexer, index } = faulty(() => undefined);
    await expect(indexer(kinesisEvent([line(0), line(1) + line(2)]))).resolves.toEqual({
      batchItemFailures: [],
    });
    expect(index.count('heart_rate')).toBe(3);
    expect(index.get('heart_rate', 'ride:1')).toMatchObject(JSON.parse(line(1)) as object);
  });

  it('takes an event without records', async () => {
    await expect(faulty(() => undefined).indexer({ Records: [] })).resolves.toEqual({
      batchItemFailures: [],
    });
  });

  it('changes nothing when the same event comes again', async () => {
    const { indexer, index } = faulty(() => undefined);
    const event = kinesisEvent([
      line(0),
      '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n',
      'rubbish',
    ]);
    await indexer(event);
    await expect(indexer(event)).resolves.toEqual({ batchItemFailures: [] });
    expect(index.count('heart_rate')).toBe(2);
    expect(index.count('heart_rate-rejected')).toBe(1);
  });

  it('identifies the older two-field form by its place in the stream, and makes its time UTC', async () => {
    const { indexer, index } = faulty(() => undefined);
    const older = '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n';
    await indexer(kinesisEvent([older + older]));
    expect(index.get('heart_rate', 'shardId-000000000000:100:0')).toEqual({
      timestamp: '2025-08-05T10:00:00.123Z',
      heart_rate: 72,
    });
    expect(index.count('heart_rate')).toBe(2);
  });

  it('keeps what is no sample with its reason and payload, and indexes what stands beside it', async () => {
    const { indexer, index } = faulty(() => undefined);
    const response = await indexer(kinesisEvent([line(0), `rubbish\n${line(1)}`, '{"heart_rate":1}']));
    expect(response).toEqual({ batchItemFailures: [] });
    expect(index.count('heart_rate')).toBe(2);
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:101:0')).toEqual({
      code: 'MALFORMED_SAMPLE',
      reason: 'not JSON',
      payload: '"rubbish"',
      place: 'shardId-000000000000:101:0',
    });
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:102:0')).toMatchObject({
      reason: 'timestamp is missing',
    });
  });

  it.each([429, 503])(
    'hands back the lowest record that got %i, and has indexed the others',
    async (status) => {
      const { indexer, index } = faulty((id) =>
        id === 'ride:1' || id === 'ride:2' ? { status } : undefined,
      );
      const response = await indexer(kinesisEvent([line(0), line(1), line(2), line(3)]));
      expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
      expect(index.count('heart_rate')).toBe(2);
    },
  );

  it('keeps what the index refuses for good, and never hands it back', async () => {
    const refusal = { status: 400, error: { type: 'mapper_parsing_exception' } };
    const { indexer, index } = faulty((id) => (id === 'ride:1' ? refusal : undefined));
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual({ batchItemFailures: [] });
    const kept = index.get('heart_rate-rejected', 'shardId-000000000000:101:0');
    expect(kept).toMatchObject({ code: 'INDEX_REJECTED', reason: '400 mapper_parsing_exception' });
    expect(JSON.parse(String(kept?.payload))).toMatchObject({ session_id: 'ride', sequence: 1 });
  });

  it('hands back what can be neither indexed nor kept', async () => {
    const { indexer } = faulty((id, index) =>
      id === 'ride:1' || index.endsWith('-rejected') ? { status: 400 } : undefined,
    );
    const response = await indexer(kinesisEvent([line(0), line(1)]));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
  });

  it('hands everything back where OpenSearch is away, with one log line that holds no payload', async () => {
    const { indexer, log } = faulty(() => 'away');
    const response = await indexer(kinesisEvent([line(0), line(1)]));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    expect(log.map((text) => JSON.parse(text) as object)).toEqual([
      expect.objectContaining({ level: 'ERROR', code: 'INDEX_UNAVAILABLE', handedBack: 2 }),
    ]);
    expect(log[0]).not.toMatch(/strap-1|ride|812/);
  });

  it.each(['index_closed_exception', 'cluster_block_exception', 'illegal_argument_exception'])(
    "hands back, and keeps in no other place, what meets the index's own trouble (%s)",
    async (type) => {
      const { indexer, index } = faulty((id) =>
        id.startsWith('ride') ? { status: 403, error: { type } } : undefined,
      );
      const response = await indexer(kinesisEvent(['rubbish', line(0)]));
      expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
      expect(index.count('heart_rate-rejected')).toBe(1);
    },
  );

  it('keeps times that no index can hold, and indexes what stands beside them', async () => {
    const { indexer, index } = faulty(() => undefined);
    const poison = ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'].map((timestamp) =>
      JSON.stringify({ timestamp, heart_rate: 72 }),
    );
    await expect(indexer(kinesisEvent([...poison, line(0)]))).resolves.toEqual({ batchItemFailures: [] });
    expect(index.count('heart_rate')).toBe(1);
    expect(index.count('heart_rate-rejected')).toBe(2);
  });

  it('sends a record full of tiny documents in several requests, and hands it back whole', {
    timeout: 30_000,
  }, async () => {
    let requests = 0;
    const client: BulkClient = {
      bulk: async ({ body }) => {
        requests++;
        return {
          body: { items: body.filter((_, at) => at % 2 === 0).map(() => ({ create: { status: 503 } })) },
        };
      },
    };
    const indexer = indexerOf({ client, index: 'heart_rate', log: () => undefined });
    const response = await indexer(kinesisEvent(['x\n'.repeat(200_000)]));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    expect(requests).toBe(40);
  });
});

describe('createIndexer', () => {
  it('refuses to start without an endpoint, and says where it goes', () => {
    expect(() => createIndexer({})).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringContaining('OPENSEARCH_ENDPOINT'),
      }),
    );
    expect(() => createIndexer({ endpoint: 'not a url' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});
