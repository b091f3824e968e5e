import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import type { BulkClient } from '../../../src/lambda/index.js';
import { indexNames } from '../../../src/opensearch/index-names.js';
import { serializeSample } from '../../../src/sample/index.js';
import { clientError, faultyIndex } from '../../support/faulty-index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const line = (sequence: number) => serializeSample(sampleOf(sequence));
const DONE = { batchItemFailures: [] };
const fromRecord = (sequenceNumber: number) => ({
  batchItemFailures: [{ itemIdentifier: String(sequenceNumber) }],
});
/** Of an invocation with so many milliseconds left, from now on. */
const contextOf = (milliseconds: number) => {
  const end = Date.now() + milliseconds;
  return { getRemainingTimeInMillis: () => end - Date.now() };
};
const none = () => faultyIndex(() => undefined);

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T10:00:10Z') }));
afterEach(() => void vi.useRealTimers());

/** Lets all the time pass that the work waits for. */
async function passing<Value>(work: Promise<Value>): Promise<Value> {
  const ended = work.then(
    () => undefined,
    () => undefined,
  );
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  while (!isOver) await vi.advanceTimersByTimeAsync(10);
  return work;
}

describe('the indexer', () => {
  it('indexes every sample under its identity, with exact values, by one request', async () => {
    const { indexer, index, requests } = none();
    await expect(indexer(kinesisEvent([line(0), line(1) + line(2)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(3);
    expect(index.get('heart_rate', 'ride:1')).toEqual({
      ...JSON.parse(line(1)),
      index_latency: 9_000,
    });
    expect(requests).toEqual([{ documents: 3, bytes: expect.any(Number), compression: undefined }]);
  });

  it('takes an event without records, and sends nothing', async () => {
    const { indexer, requests } = none();
    await expect(indexer({ Records: [] })).resolves.toEqual(DONE);
    expect(requests).toEqual([]);
  });

  it('changes nothing when the same event comes again', async () => {
    const { indexer, index, reports } = none();
    const event = kinesisEvent([
      line(0),
      '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n',
      'rubbish',
    ]);
    await indexer(event);
    await expect(indexer(event)).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(2);
    expect(index.count('heart_rate-rejected')).toBe(1);
    expect(reports).toMatchObject([
      { records: 3, documents: 3, indexed: 2, duplicates: 0, rejected: 1 },
      { records: 3, documents: 3, indexed: 0, duplicates: 2, rejected: 0 },
    ]);
  });

  it("chooses the index by the sample's own day", async () => {
    const { indexer, index } = faultyIndex(() => undefined, { names: indexNames('heart_rate', 'day') });
    const late = serializeSample(sampleOf(7, { timestamp: new Date('2026-11-22T23:59:59.999Z') }));
    await indexer(kinesisEvent([line(0), late]));
    await indexer(kinesisEvent(['', late, line(0)]));
    expect(index.count('heart_rate-2026.11.22')).toBe(1);
    expect(index.count('heart_rate-2026.11.23')).toBe(1);
  });

  it('identifies the older two-field form by its place in the stream, and makes its time UTC', async () => {
    const { indexer, index } = none();
    const older = '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n';
    await indexer(kinesisEvent([older + older]));
    expect(index.get('heart_rate', 'shardId-000000000000:100:0')).toEqual({
      timestamp: '2025-08-05T10:00:00.123Z',
      heart_rate: 72,
      index_latency: Date.now() - Date.parse('2025-08-05T10:00:00.123Z'),
    });
    expect(index.count('heart_rate')).toBe(2);
  });

  it('tells how late samples are, by their own time', async () => {
    const { indexer, reports } = none();
    await indexer(kinesisEvent([line(0), line(4)]));
    expect(reports[0]?.latencies).toEqual([10_000, 6_000]);
  });
});

describe('what is no sample', () => {
  it('is kept with its reason and payload, and what stands beside it is indexed', async () => {
    const { indexer, index, reports } = none();
    const event = kinesisEvent([line(0), `rubbish\n${line(1)}`, '{"heart_rate":1}']);
    await expect(indexer(event)).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(2);
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:101:0')).toEqual({
      timestamp: '2023-11-14T22:13:20.000Z',
      code: 'MALFORMED_SAMPLE',
      reason: 'not JSON',
      payload: '"rubbish"',
      place: 'shardId-000000000000:101:0',
    });
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:102:0')).toMatchObject({
      reason: 'timestamp is missing',
    });
    expect(reports[0]?.rejected).toBe(2);
  });

  it('is kept where its time fits in no index', async () => {
    const { indexer, index } = none();
    const poison = ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00'].map((timestamp) =>
      JSON.stringify({ timestamp, heart_rate: 72 }),
    );
    await expect(indexer(kinesisEvent([...poison, line(0)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
    expect(index.count('heart_rate-rejected')).toBe(2);
  });

  it('is kept as one document where a record holds a flood of documents', async () => {
    const { indexer, index } = none();
    await expect(indexer(kinesisEvent(['x\n'.repeat(200_000), line(0)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
    const kept = index.get('heart_rate-rejected', 'shardId-000000000000:100:0');
    expect(kept).toMatchObject({
      code: 'MALFORMED_RECORD',
      reason: 'more than 50000 documents in one record (payload in base64)',
    });
    expect(Buffer.from(JSON.parse(String(kept?.payload)) as string, 'base64').length).toBe(400_000);
  });

  it('is kept where a small record would unpack to a large one', async () => {
    const { indexer, index } = none();
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, '\n'));
    await expect(indexer(kinesisEvent([bomb, gzipSync(line(0))]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:100:0')).toMatchObject({
      reason: 'larger than 16 MiB when unpacked (payload in base64)',
    });
  });

  it('is kept where a clock is years ahead, which would make indices that nobody looks into', async () => {
    const { indexer, index, reports } = faultyIndex(() => undefined);
    const ahead = ['2027-11-24T10:00:10.001Z', '9999-12-31T23:59:59.999Z', '2106-02-07 06:28:15'].map(
      (timestamp) => JSON.stringify({ timestamp, heart_rate: 72 }),
    );
    const near = JSON.stringify({ timestamp: '2027-11-24T10:00:10.000Z', heart_rate: 72 });
    await expect(indexer(kinesisEvent([...ahead, near, line(0)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(2);
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:101:0')).toMatchObject({
      code: 'TIMESTAMP_OUT_OF_RANGE',
      reason: 'timestamp is more than a year ahead',
      payload: ahead[1],
    });
    expect(reports).toMatchObject([{ indexed: 2, rejected: 3 }]);
  });

  it('rejects a document of more than 1 MiB, though a sink of ours has written it', async () => {
    const { indexer, index } = none();
    const long = serializeSample(sampleOf(0, { rrIntervals: Array<number>(200_000).fill(1_000.5) }));
    await expect(indexer(kinesisEvent([long, line(1)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
    expect(index.count('heart_rate-rejected')).toBe(1);
  });

  it('makes no request unreadable by what is half a character', async () => {
    const { indexer, index } = none();
    const half = '{"timestamp":"2026-11-23T10:00:00Z","heart_rate":72,"session_id":"\\ud800","sequence":1}';
    await indexer(kinesisEvent([half]));
    expect(index.get('heart_rate', '\ufffd:1')).toBeDefined();
  });
});

describe('what a request is made of', () => {
  it('is no more than 5 MiB each, and large ones are compressed', async () => {
    const { indexer, index, requests } = none();
    const rrIntervals = Array.from({ length: 8_000 }, (_, at) => (at * 1_000) / 1_024);
    const lines = Array.from({ length: 100 }, (_, at) => serializeSample(sampleOf(at, { rrIntervals })));
    const all = lines.reduce((sum, text) => sum + text.length, 0);
    await expect(indexer(kinesisEvent(lines))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(100);
    expect(requests.length).toBe(Math.ceil(all / (5 * 2 ** 20)));
    for (const { bytes } of requests) expect(bytes).toBeLessThanOrEqual(5 * 2 ** 20);
    expect(requests[0]?.compression).toBe('gzip');
  });

  it('is whole, however old the samples are and whatever is in their texts', async () => {
    const { indexer, index } = faultyIndex(() => undefined, { names: indexNames('puls-ä', 'day') });
    // Each with a day, and so an index, of its own.
    const samples = Array.from({ length: 300 }, (_, at) =>
      sampleOf(at, {
        timestamp: new Date(Date.parse('0000-01-01T00:00:00.000Z') + at * 24 * 60 * 60 * 1_000),
        sensor: { id: 'AA:BB', name: '❤️'.repeat(at % 128) || 'none' },
        session: '🏃'.repeat(64),
      }),
    );
    await expect(indexer(kinesisEvent(samples.map(serializeSample)))).resolves.toEqual(DONE);
    for (const sample of samples) {
      const { timestamp, session, sequence } = sample;
      const name = `puls-ä-${timestamp.toISOString().slice(0, 10).replaceAll('-', '.')}`;
      expect(index.get(name, `${session}:${sequence}`)).toMatchObject(JSON.parse(serializeSample(sample)));
    }
  });

  it('are four at a time at most, where an event needs more', async () => {
    const waiting: (() => void)[] = [];
    let [sent, most] = [0, 0];
    const client: BulkClient = {
      bulk: async () => {
        sent++;
        await new Promise<void>((answer) => {
          most = Math.max(most, waiting.push(answer));
        });
        return { body: { errors: false } };
      },
    };
    const answering = setInterval(() => waiting.shift()?.(), 1);
    const rrIntervals = Array.from({ length: 8_000 }, (_, at) => (at * 1_000) / 1_024);
    const lines = Array.from({ length: 400 }, (_, at) => serializeSample(sampleOf(at, { rrIntervals })));
    const { indexer } = faultyIndex(() => undefined, { client });
    await expect(passing(indexer(kinesisEvent(lines)))).resolves.toEqual(DONE);
    clearInterval(answering);
    expect(sent).toBeGreaterThan(4);
    expect(most).toBe(4);
  });

  it('is one for 20,000 samples, since they fit', async () => {
    const { indexer, index, requests } = none();
    const lines = Array.from({ length: 20_000 }, (_, at) => line(at));
    await indexer(
      kinesisEvent(lines.map((_, at) => lines.slice(at * 20, at * 20 + 20).join('')).slice(0, 1_000)),
    );
    expect(index.count('heart_rate')).toBe(20_000);
    expect(requests).toHaveLength(1);
  });

  it('is cut in halves where it is found too large, and a single one goes where such are kept', async () => {
    const poison = 'ride:3';
    const { indexer, index, requests } = faultyIndex(({ id, index }) =>
      id === poison && index === 'heart_rate' ? clientError(413) : undefined,
    );
    const event = kinesisEvent(Array.from({ length: 8 }, (_, at) => line(at)));
    await expect(passing(indexer(event))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(7);
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:103:0')).toMatchObject({
      code: 'INDEX_REJECTED',
      reason: '413 request_refused',
      payload: line(3).trim(),
    });
    expect(requests.length).toBeLessThan(12);
  });
});

describe('transform', () => {
  it('changes documents, or leaves them out', async () => {
    const { indexer, index, reports } = faultyIndex(() => undefined, {
      transform: (document, { sequence }) => (sequence === 1 ? undefined : { ...document, team: 'blue' }),
    });
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual(DONE);
    expect(index.get('heart_rate', 'ride:0')).toMatchObject({ heart_rate: 60, team: 'blue' });
    expect(index.count('heart_rate')).toBe(1);
    expect(reports).toMatchObject([{ documents: 1, indexed: 1 }]);
  });

  it.each<[string, (document: object) => unknown]>([
    [
      'throws',
      () => {
        throw new RangeError('secret');
      },
    ],
    ['gives a promise', async (document) => document],
    ['gives no object', () => 'text'],
    ['gives what JSON cannot say', () => ({ count: 1n })],
  ])('keeps what it fails for (%s), and indexes the others', async (_, fails) => {
    const { indexer, index } = faultyIndex(() => undefined, {
      transform: (document, { sequence }) => (sequence === 1 ? (fails(document) as never) : document),
    });
    await expect(indexer(kinesisEvent([line(0), line(1), line(2)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(2);
    const kept = index.get('heart_rate-rejected', 'shardId-000000000000:101:0');
    expect(kept).toMatchObject({ code: 'TRANSFORM_FAILED', payload: line(1).trim() });
    expect(kept?.reason).not.toMatch('secret');
  });
});

describe('what the index does not take', () => {
  const item = (status: number, type: string, reason?: string) => ({ status, error: { type, reason } });

  it.each([429, 500, 503])('is sent again within the invocation (%i), alone', async (status) => {
    const { indexer, index, requests, reports } = faultyIndex(({ id, request }) =>
      id === 'ride:1' && request < 3 ? { status } : undefined,
    );
    const response = passing(indexer(kinesisEvent([line(0), line(1), line(2)]), contextOf(60_000)));
    await expect(response).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(3);
    expect(requests.map(({ documents }) => documents)).toEqual([3, 1, 1, 1]);
    expect(reports[0]).toMatchObject({ indexed: 3, retried: 3, handedBack: 0 });
  });

  it('is handed back in time where it stays busy, and the others are indexed', async () => {
    const { indexer, index, reports } = faultyIndex(({ id }) =>
      id === 'ride:1' || id === 'ride:2' ? { status: 429 } : undefined,
    );
    const context = contextOf(5_000);
    const response = passing(indexer(kinesisEvent([line(0), line(1), line(2), line(3)]), context));
    await expect(response).resolves.toEqual(fromRecord(101));
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(500);
    expect(index.count('heart_rate')).toBe(2);
    expect(reports[0]).toMatchObject({ indexed: 2, handedBack: 2, reasons: new Set(['429 unknown']) });
  });

  it.each([
    ['mapper_parsing_exception', 400],
    ['strict_dynamic_mapping_exception', 400],
    ['illegal_argument_exception', 400],
    ['document_too_large', 413],
  ])('is kept where it is refused for good (%s), and never handed back', async (type, status) => {
    const { indexer, index } = faultyIndex(({ id }) =>
      id === 'ride:1' ? item(status, type, 'failed to parse') : undefined,
    );
    await expect(passing(indexer(kinesisEvent([line(0), line(1)])))).resolves.toEqual(DONE);
    const kept = index.get('heart_rate-rejected', 'shardId-000000000000:101:0');
    expect(kept).toMatchObject({ code: 'INDEX_REJECTED', reason: `${status} ${type}: failed to parse` });
    expect(JSON.parse(String(kept?.payload))).toMatchObject({ session_id: 'ride', sequence: 1 });
  });

  it('is handed back where it can be neither indexed nor kept', async () => {
    const { indexer } = faultyIndex(({ id, index }) =>
      id === 'ride:1' || index.endsWith('-rejected') ? item(400, 'mapper_parsing_exception') : undefined,
    );
    await expect(passing(indexer(kinesisEvent([line(0), line(1)])))).resolves.toEqual(fromRecord(101));
  });

  it.each([
    item(403, 'index_closed_exception'),
    item(400, 'index_closed_exception'),
    item(403, 'cluster_block_exception'),
    item(403, 'security_exception'),
    item(404, 'index_not_found_exception'),
    item(400, 'validation_exception', 'this action would add shards'),
    item(400, 'illegal_argument_exception', 'no write index is defined for alias [heart_rate]'),
  ])(
    "is handed back, and kept in no other place, where that is the index's own trouble ($error.type)",
    async (answer) => {
      const { indexer, index } = faultyIndex(({ id }) => (id.startsWith('ride') ? answer : undefined));
      await expect(passing(indexer(kinesisEvent(['rubbish', line(0)])))).resolves.toEqual(fromRecord(101));
      expect(index.count('heart_rate-rejected')).toBe(1);
    },
  );
});

describe('where OpenSearch as a whole', () => {
  it.each([
    ['is away', clientError()],
    ['answers 503', clientError(503)],
    ['answers no JSON', new SyntaxError('Unexpected token <')],
  ])('%s, everything is handed back quickly, with the reason', async (_, error) => {
    const { indexer, requests, reports } = faultyIndex(() => error);
    const started = Date.now();
    const event = kinesisEvent([line(0), line(1)]);
    await expect(passing(indexer(event, contextOf(60_000)))).resolves.toEqual(fromRecord(100));
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(requests.length).toBe(3);
    expect(reports).toMatchObject([
      { handedBack: 2, indexed: 0, unavailable: expect.stringContaining('Check that the endpoint') },
    ]);
  });

  it('lets nobody in, everything is handed back at once', async () => {
    const { indexer, requests, reports } = faultyIndex(() => clientError(403));
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(fromRecord(100));
    expect(requests.length).toBe(1);
    expect(reports[0]?.unavailable).toContain('status 403');
  });

  it('cannot be asked for want of credentials, the log says what to do', async () => {
    const { indexer, requests, reports } = faultyIndex(
      () => new InvalidArgumentError('Set AWS_ACCESS_KEY_ID.'),
    );
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(fromRecord(100));
    expect(requests.length).toBe(1);
    expect(reports[0]?.unavailable).toBe('Set AWS_ACCESS_KEY_ID.');
  });

  it('is away for a moment, nothing is handed back', async () => {
    const { indexer, index } = faultyIndex(({ request }) => (request < 2 ? clientError() : undefined));
    await expect(passing(indexer(kinesisEvent([line(0)])))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
  });

  it('is busy, it is asked again while there is time', async () => {
    const { indexer, index } = faultyIndex(({ request }) => (request < 4 ? clientError(429) : undefined));
    await expect(passing(indexer(kinesisEvent([line(0)]), contextOf(60_000)))).resolves.toEqual(DONE);
    expect(index.count('heart_rate')).toBe(1);
  });

  it('never answers, everything is handed back in time', async () => {
    const { indexer, requests } = faultyIndex(() => 'never');
    const context = contextOf(3_000);
    await expect(passing(indexer(kinesisEvent([line(0), line(1)]), context))).resolves.toEqual(
      fromRecord(100),
    );
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(300);
    expect(requests.length).toBe(1);
  });

  it('goes away in the middle, what was done before is not handed back', async () => {
    const rrIntervals = Array.from({ length: 8_000 }, (_, at) => (at * 1_000) / 1_024);
    const lines = Array.from({ length: 800 }, (_, at) => serializeSample(sampleOf(at, { rrIntervals })));
    const { indexer, index } = faultyIndex(({ request }) => (request > 3 ? clientError() : undefined));
    const { batchItemFailures } = await passing(indexer(kinesisEvent(lines), contextOf(60_000)));
    const from = Number(batchItemFailures[0]?.itemIdentifier) - 100;
    expect(from).toBeGreaterThan(100);
    expect(index.count('heart_rate')).toBeGreaterThanOrEqual(from);
    for (let at = 0; at < from; at++) expect(index.get('heart_rate', `ride:${at}`)).toBeDefined();
  });
});
