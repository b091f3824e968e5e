import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createIndexer } from '../../../src/lambda/index.js';
import { indexerOf } from '../../../src/lambda/indexer.js';
import { documentReader } from '../../../src/lambda/read-records.js';
import { unpack } from '../../../src/lambda/unpack.js';
import { embeddedIndex } from '../../../src/local/index.js';
import { indexNames } from '../../../src/opensearch/index-names.js';
import { parseSamples, serializeSample } from '../../../src/sample/index.js';
import { readWrittenLine } from '../../../src/sample/written-line.js';
import { clientError, faultyIndex } from '../../support/faulty-index.js';
import { kinesisEvent, kinesisRecord } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const DONE = { batchItemFailures: [] };
const line = (sequence: number) => serializeSample(sampleOf(sequence));
const none = () => faultyIndex(() => undefined);
const contextOf = (milliseconds: number) => {
  const end = Date.now() + milliseconds;
  return { getRemainingTimeInMillis: () => end - Date.now() };
};
describe('a document that is too large for the server', () => {
  it('is not handed back for ever: what keeps it is larger still', async () => {
    const most = 10 * 2 ** 20;
    const store = embeddedIndex();
    const indexer = indexerOf({
      client: {
        bulk: async (request) => {
          if (Buffer.byteLength(request.body) > most) throw clientError(413);
          return store.bulk({ index: request.index ?? '', body: request.body });
        },
      },
      names: indexNames('heart_rate', 'none'),
      onReport: () => undefined,
    });
    const rubbish = gzipSync('"'.repeat(4 * 2 ** 20));
    await expect(indexer(kinesisEvent([line(0), rubbish, line(2)]))).resolves.toEqual(DONE);
    expect(store.count('heart_rate')).toBe(2);
  });
});

describe('the deadline', () => {
  it('holds where reading takes the time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { indexer, index } = faultyIndex(() => undefined, {
      transform: (document) => {
        vi.setSystemTime(Date.now() + 90);
        return document;
      },
    });
    const context = contextOf(3_000);
    const { batchItemFailures } = await indexer(
      kinesisEvent(Array.from({ length: 60 }, (_, at) => line(at))),
      context,
    );
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
    const indexed = index.count('heart_rate');
    expect(indexed).toBeGreaterThan(0);
    // All that is not indexed comes again.
    const next = Number(batchItemFailures[0]?.itemIdentifier) - 100;
    expect(next).toBeLessThanOrEqual(indexed);
  });
});

describe('the memory', () => {
  it('is not filled by one document: none is parsed that is much longer than any sample', {
    timeout: 60_000,
  }, async () => {
    const read = documentReader(indexNames('heart_rate', 'none'));
    const data = gzipSync(`{"a":[${'{},'.repeat(1e6)}0]}`).toString('base64');
    const parse = vi.spyOn(JSON, 'parse');
    read({ item: 0, id: 'shard:1', data, arrival: 0 }, []);
    const longest = Math.max(0, ...parse.mock.calls.map(([text]) => text.length));
    parse.mockRestore();
    expect(longest).toBeLessThan(2 ** 20);
  });

  it('is not filled by the parts of an aggregated record', () => {
    const message = Buffer.concat(Array(2 ** 18).fill(Buffer.from([0x1a, 2, 0x1a, 0])));
    const digest = createHash('md5').update(message).digest();
    const data = Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, digest]);
    expect(unpack(data)).toHaveProperty('fault');
  });
});

describe('Firehose', () => {
  const firehoseEvent = (data: readonly (string | Buffer)[]) => ({
    invocationId: 'invocation',
    records: data.map((content, at) => ({
      recordId: `record-${at}`,
      data: Buffer.from(content).toString('base64'),
    })),
  });
  it('gets an answer that Lambda takes, where many records hold gzip', { timeout: 120_000 }, async () => {
    const { indexer } = none();
    // As much as an event holds: 3 MiB, of which each record unpacks to ten times as much.
    const batches: Buffer[] = [];
    let size = 0;
    for (let at = 0; size < 3 * 2 ** 20; at++) {
      const text = Array.from({ length: 400 }, (_, n) =>
        serializeSample(
          sampleOf(at * 400 + n, {
            session: Math.random().toString(36),
            rrIntervals: [Math.floor(Math.random() * 2000)],
          }),
        ),
      ).join('');
      const packed = gzipSync(text);
      batches.push(packed);
      size += packed.length;
    }
    const response = await indexer(firehoseEvent(batches));
    expect(JSON.stringify(response).length).toBeLessThan(6 * 2 ** 20);
  });

  it('does not parse what is longer than any sample', async () => {
    const { indexer } = none();
    const long = gzipSync(`{"a":[${'{},'.repeat(1e6)}0]}`);
    const parse = vi.spyOn(JSON, 'parse');
    const { records } = await indexer(firehoseEvent([long, line(0)]));
    const longest = Math.max(0, ...parse.mock.calls.map(([text]) => text.length));
    parse.mockRestore();
    expect(longest).toBeLessThan(2 ** 20);
    expect(records.map(({ result }) => result)).toEqual(['ProcessingFailed', 'Ok']);
  });
});

describe('one odd record beside a good one', () => {
  const wrapped = (records: object[]) =>
    JSON.stringify({ KinesisBatchInfo: {}, payload: JSON.stringify({ Records: records }) });
  const sqs = (...bodies: string[]) => ({
    Records: bodies.map((body, at) => ({ messageId: `m${at}`, body })),
  });

  it.each([
    ['NaN', 'x'],
    ['huge', 1e300],
  ])('does not fail the batch by its arrival (%s)', async (_, arrival) => {
    const { indexer, index } = none();
    const record = kinesisRecord({ data: 'rubbish', sequenceNumber: '1' });
    const odd = { ...record, kinesis: { ...record.kinesis, approximateArrivalTimestamp: arrival } };
    await expect(indexer(sqs(wrapped([odd]), line(0)))).resolves.toMatchObject({});
    expect(index.count('heart_rate')).toBe(1);
  });

  it('does not lose records without an event id', async () => {
    const { indexer, index } = none();
    const bare = (heart: number) => ({
      kinesis: {
        sequenceNumber: String(heart),
        data: Buffer.from(`{"timestamp":"2026-11-23T10:00:00Z","heart_rate":${heart}}`).toString('base64'),
      },
    });
    await indexer(sqs(wrapped([bare(60)]), wrapped([bare(61)])));
    expect(index.count('heart_rate')).toBe(2);
  });

  it('is a sample though it has a field that is unknown', async () => {
    const { indexer, index } = none();
    await indexer(sqs('{"timestamp":"2026-11-23T10:00:00Z","heart_rate":60,"requestPayload":1}'));
    expect(index.count('heart_rate')).toBe(1);
  });

  it('does not fail the batch by data that are none', async () => {
    const { indexer, index } = none();
    const record = kinesisRecord({ data: '', sequenceNumber: '1' });
    const odd = { ...record, kinesis: { ...record.kinesis, data: undefined as never } };
    const good = kinesisRecord({ data: line(0), sequenceNumber: '2' });
    await expect(indexer({ Records: [odd, good] })).resolves.toBeDefined();
    expect(index.count('heart_rate')).toBe(1);
  });

  it('loses nothing behind a member of gzip', async () => {
    const { indexer, index } = none();
    const data = Buffer.concat([gzipSync(line(0)), Buffer.from(line(1))]);
    await indexer(kinesisEvent([data]));
    expect(index.get('heart_rate-rejected', 'shardId-000000000000:100:0')).toMatchObject({
      reason: 'gzip that is damaged (payload in base64)',
      payload: JSON.stringify(data.toString('base64')),
    });
  });

  it('is not refused for good by an item without a status', async () => {
    const { indexer, index } = faultyIndex(({ id, request }) =>
      id === 'ride:0' && request === 0 ? ({} as never) : undefined,
    );
    await indexer(kinesisEvent([line(0)]));
    expect(index.count('heart_rate-rejected')).toBe(0);
  });
});

describe('a transform', () => {
  it('that spoils the sample it is given spoils nothing else', async () => {
    const { indexer, index } = faultyIndex(() => undefined, {
      names: indexNames('heart_rate', 'day'),
      transform: (document, sample) => {
        if (sample.sequence === 1) sample.timestamp.setTime(Number.NaN);
        return document;
      },
    });
    await expect(indexer(kinesisEvent([line(0), line(1)]))).resolves.toEqual(DONE);
    expect(index.count('heart_rate-2026.11.23')).toBeGreaterThan(0);
  });

  it('that rejects later does not end the process', async () => {
    const rejections: unknown[] = [];
    const listen = (reason: unknown) => void rejections.push(reason);
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', listen);
    const { indexer } = faultyIndex(() => undefined, {
      transform: (async () => {
        throw new Error('secret');
      }) as never,
    });
    await indexer(kinesisEvent([line(0)]));
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.removeAllListeners('unhandledRejection');
    for (const listener of before) process.on('unhandledRejection', listener);
    expect(rejections).toEqual([]);
  });

  it.each([
    ['a Map', () => new Map([['a', 1]])],
    ['a Date', () => new Date(0)],
    ['toJSON', () => ({ toJSON: () => undefined })],
  ])('that gives no plain object is kept (%s)', async (_, give) => {
    const { indexer, index } = faultyIndex(() => undefined, { transform: give as never });
    await indexer(kinesisEvent([line(0)]));
    expect(index.count('heart_rate-rejected')).toBe(1);
  });
});

describe('the rest', () => {
  it('reads a written line as the parser does, at the end of the range', () => {
    const text =
      '{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":60,"rr_intervals":[63999.999999999999],"session_id":"a","sequence":0}';
    expect(readWrittenLine(text, 0) === undefined).toBe(parseSamples(text).samples.length === 0);
  });

  it('is answered though the metrics or the log fail', async () => {
    const { indexer } = faultyIndex(() => undefined, {
      onReport: () => {
        throw new Error('no log');
      },
    });
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual(DONE);
  });

  it('takes any name that can be prepared', () => {
    const client = { bulk: vi.fn() as never };
    expect(() => createIndexer({ client, index: 'a'.repeat(195), metrics: false })).not.toThrow();
  });

  it('takes a client that throws', async () => {
    const indexer = indexerOf({
      client: {
        bulk: () => {
          throw new Error('no');
        },
      },
      names: indexNames('heart_rate', 'none'),
      onReport: () => undefined,
    });
    await expect(indexer(kinesisEvent([line(0)]))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '100' }],
    });
  });
});
