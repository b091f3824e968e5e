import { gzipSync } from 'node:zlib';
import type {
  Context,
  FirehoseTransformationHandler,
  KinesisStreamHandler,
  SQSEvent,
  SQSHandler,
} from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Indexer } from '../../../src/lambda/index.js';
import { parseSamples, serializeSample } from '../../../src/sample/index.js';
import { clientError, faultyIndex } from '../../support/faulty-index.js';
import { kinesisEvent } from '../../support/kinesis-event.js';
import { sampleOf } from '../../support/samples.js';

const line = (sequence: number) => serializeSample(sampleOf(sequence));
const OLDER = '{"timestamp": "2025-08-05T10:00:00.123456", "heart_rate": 72}\n';

describe('an SQS event', () => {
  const sqsEvent = (bodies: readonly string[]) =>
    ({ Records: bodies.map((body, at) => ({ messageId: `message-${at}`, body })) }) as SQSEvent;

  it('is indexed by its messages, and what has no identity by their ids', async () => {
    const { indexer, index } = faultyIndex(() => undefined);
    const response = await indexer(sqsEvent([line(0) + line(1), OLDER, 'rubbish']));
    expect(response).toEqual({ batchItemFailures: [] });
    expect(index.get('heart_rate', 'ride:1')).toBeDefined();
    expect(index.get('heart_rate', 'message-1:0')).toBeDefined();
    expect(index.get('heart_rate-rejected', 'message-2:0')).toMatchObject({ payload: '"rubbish"' });
  });

  it('has each message handed back that is not done', async () => {
    const blocked = { status: 403, error: { type: 'cluster_block_exception' } };
    const { indexer } = faultyIndex(({ id }) => (/[13]$/.test(id) ? blocked : undefined));
    const response = await indexer(sqsEvent([line(0), line(1), line(2), line(3)]));
    expect(response.batchItemFailures).toEqual([
      { itemIdentifier: 'message-1' },
      { itemIdentifier: 'message-3' },
    ]);
  });

  it('may wrap a Kinesis event that has failed: its records keep their identity', async () => {
    const { indexer, index } = faultyIndex(() => undefined);
    const event = kinesisEvent([line(0), OLDER]);
    await indexer(event);
    const KinesisBatchInfo = { shardId: 'shardId-000000000000', batchSize: 2 };
    const kept = JSON.stringify({ version: '1.0', KinesisBatchInfo, payload: JSON.stringify(event) });
    const response = await indexer(sqsEvent([kept, JSON.stringify({ requestPayload: event })]));
    expect(response).toEqual({ batchItemFailures: [] });
    expect(index.count('heart_rate')).toBe(2);
    expect(index.count('heart_rate-rejected')).toBe(0);
  });

  it.each([
    {},
    { payload: 'rubbish' },
    { payload: '{"Records":[null]}' },
    { payload: '{"Records":[{"kinesis":{}}]}' },
  ])('keeps an invocation record that has not got the event (%o)', async (rest) => {
    const { indexer, index } = faultyIndex(() => undefined);
    const message = JSON.stringify({ KinesisBatchInfo: { shardId: 'shardId-000000000000' }, ...rest });
    await expect(indexer(sqsEvent([message]))).resolves.toEqual({ batchItemFailures: [] });
    expect(index.get('heart_rate-rejected', 'message-0:0')).toMatchObject({
      code: 'MALFORMED_RECORD',
      reason: expect.stringContaining('an invocation record without the event'),
    });
  });
});

describe('a Firehose transformation', () => {
  const firehoseEvent = (data: readonly (string | Uint8Array)[]) => ({
    invocationId: 'invocation',
    deliveryStreamArn: 'arn:aws:firehose:eu-central-1:123456789012:deliverystream/heart-rate',
    region: 'eu-central-1',
    records: data.map((content, at) => ({
      recordId: `record-${at}`,
      approximateArrivalTimestamp: 1_700_000_000_000,
      data: Buffer.from(content).toString('base64'),
    })),
  });
  const text = (data: string) => Buffer.from(data, 'base64').toString();

  it('indexes the samples and hands them on in the wire format, and what holds none as failed', async () => {
    const { indexer, index } = faultyIndex(() => undefined);
    const rubbish = Buffer.from('rubbish');
    const { records } = await indexer(
      firehoseEvent([line(0), gzipSync(line(1) + line(2)), OLDER, rubbish, `rubbish\n${line(3)}`]),
    );
    expect(records.map(({ recordId, result }) => [recordId, result])).toEqual([
      ['record-0', 'Ok'],
      ['record-1', 'Ok'],
      ['record-2', 'Ok'],
      ['record-3', 'ProcessingFailed'],
      ['record-4', 'Ok'],
    ]);
    expect(text(records[1]?.data ?? '')).toBe(line(1) + line(2));
    expect(text(records[2]?.data ?? '')).toBe('{"timestamp":"2025-08-05T10:00:00.123Z","heart_rate":72}\n');
    expect(text(records[3]?.data ?? '')).toBe('rubbish');
    expect(text(records[4]?.data ?? '')).toBe(line(3));
    expect(index.count('heart_rate')).toBe(5);
    expect(index.count('heart_rate-rejected')).toBe(2);
  });

  it('is archived though it cannot be indexed', async () => {
    const { indexer, reports } = faultyIndex(() => clientError(403));
    const { records } = await indexer(firehoseEvent([line(0)]));
    expect(records).toMatchObject([{ result: 'Ok' }]);
    expect(reports).toMatchObject([{ handedBack: 1 }]);
  });

  it('has an answer that Lambda takes, and nothing is lost of what does not fit', async () => {
    const { indexer } = faultyIndex(() => undefined);
    const many = Array.from({ length: 20_000 }, (_, at) => line(at)).join('');
    const response = await indexer(firehoseEvent([gzipSync(many), gzipSync(many), line(0)]));
    expect(JSON.stringify(response).length).toBeLessThan(6 * 2 ** 20);
    expect(response.records.map(({ result }) => result)).toEqual(['Ok', 'ProcessingFailed', 'Ok']);
    expect(parseSamples(text(response.records[0]?.data ?? '')).samples).toHaveLength(20_000);
  });
});

describe('an event of another kind', () => {
  it.each([{}, { Records: [{ dynamodb: {} }] }, { Records: 'none' }, null, 'text'])(
    'is refused, and what is taken is named: %o',
    async (event) => {
      const { indexer } = faultyIndex(() => undefined);
      await expect(indexer(event as never)).rejects.toThrow(
        expect.objectContaining({
          code: 'INVALID_ARGUMENT',
          message: expect.stringContaining('Kinesis or SQS'),
        }),
      );
    },
  );

  it('fits the types of each handler of Lambda', () => {
    const { indexer } = faultyIndex(() => undefined);
    const handler: Indexer = indexer;
    const handlers: [KinesisStreamHandler, SQSHandler, FirehoseTransformationHandler] = [
      (event, context: Context) => handler(event, context),
      (event, context: Context) => handler(event, context),
      (event, context: Context) => handler(event, context),
    ];
    expect(handlers).toHaveLength(3);
  });
});
