import { createHash } from 'node:crypto';
import { PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttp2Handler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { awsRig, putBatch, putRecords, record, records } from '../support/aws-endpoint/clients.js';
import { startSeparateAwsEndpoint } from '../support/aws-endpoint/separate.mjs';

const rig = awsRig();
const MIB = 2 ** 20;

describe('the stand-in for Kinesis', () => {
  it.each(['1.1', '2.0'] as const)('takes records over HTTP/%s', async (http) => {
    const endpoint = await rig.start({ shards: 2 });
    const client = rig.kinesis(endpoint, { http });
    const sent = [record('one', 'a'), record('tw\u00f6', 'b'), record('', 'c')];
    const answer = await putRecords(client, sent);
    expect(answer.FailedRecordCount).toBe(0);
    expect(answer.Records).toEqual(
      endpoint.records.map(({ shard }) => ({
        ShardId: shard,
        SequenceNumber: expect.stringMatching(/^\d{56}$/),
      })),
    );
    expect(endpoint.records.map(({ key, text, stream }) => [stream, key, text])).toEqual([
      ['rides', 'a', 'one'],
      ['rides', 'b', 'tw\u00f6'],
      ['rides', 'c', ''],
    ]);
    expect(endpoint.records[1]?.data).toEqual(new TextEncoder().encode('tw\u00f6'));
    expect(endpoint.calls).toEqual([
      expect.objectContaining({
        operation: 'PutRecords',
        http,
        status: 200,
        records: 3,
        bytes: 10,
        taken: 3,
      }),
    ]);
  });

  it.each([
    ['one for each call, as the client does by itself', undefined, 20],
    ['one for all', new NodeHttp2Handler(), 1],
  ])('takes many calls at a time over connections of HTTP/2: %s', async (_, requestHandler, connections) => {
    const endpoint = await rig.start({ latency: 50 });
    const client = rig.kinesis(endpoint, { http: '2.0', requestHandler });
    const began = performance.now();
    const calls = Array.from({ length: 20 }, () => putRecords(client, records(2)));
    await Promise.race(calls);
    // Others are there before the first is answered.
    expect(endpoint.calls.length).toBeGreaterThan(1);
    await Promise.all(calls);
    expect(endpoint.records).toHaveLength(40);
    expect(endpoint.connections).toBe(connections);
    expect(performance.now() - began).toBeGreaterThanOrEqual(49);
  });

  it('takes a single record, and sequence numbers rise', async () => {
    const endpoint = await rig.start();
    const client = rig.kinesis(endpoint);
    const put = () => client.send(new PutRecordCommand({ StreamName: 'rides', ...record('one') }));
    const first = await put();
    const second = await put();
    expect(first.ShardId).toBe('shardId-000000000000');
    expect(BigInt(second.SequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.SequenceNumber ?? 0));
    endpoint.faults = { recordThrottled: true };
    await expect(put()).rejects.toThrow(
      expect.objectContaining({ name: 'ProvisionedThroughputExceededException' }),
    );
  });

  it('spreads records over the shards by the hash of their keys', async () => {
    const endpoint = await rig.start({ shards: 3 });
    const keys = Array.from({ length: 60 }, (_, at) => `session-${at}`);
    await putRecords(
      rig.kinesis(endpoint),
      keys.map((key) => record('x', key)),
    );
    const shardOf = (key: string) => {
      const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
      return `shardId-00000000000${(hash * 3n) / 2n ** 128n}`;
    };
    expect(endpoint.records.map(({ shard }) => shard)).toEqual(keys.map(shardOf));
    expect(new Set(endpoint.records.map(({ shard }) => shard)).size).toBe(3);
  });

  it('prefers an explicit hash key', async () => {
    const endpoint = await rig.start({ shards: 2 });
    const Records = ['0', String(2n ** 127n), String(2n ** 128n - 1n)].map((ExplicitHashKey) => ({
      ...record('x'),
      ExplicitHashKey,
    }));
    await rig.kinesis(endpoint).send(new PutRecordsCommand({ StreamName: 'rides', Records }));
    expect(endpoint.records.map(({ shard }) => shard.at(-1))).toEqual(['0', '1', '1']);
  });

  const large = record('x'.repeat(MIB - 4));
  it.each([
    ['no record', [], 'ValidationException', /greater than or equal to 1/],
    ['501 records', records(501), 'ValidationException', /less than or equal to 500/],
    ['more than 10 MiB', [...Array(10).fill(large), record('')], 'InvalidArgumentException', /10 MB/],
    ['a record of more than 1 MiB', [record('x'.repeat(MIB - 3))], 'ValidationException', /1048576/],
    ['an empty key', [record('x', '')], 'ValidationException', /partitionKey/],
    ['a key of 257 characters', [record('x', 'k'.repeat(257))], 'ValidationException', /256/],
  ])('refuses %s', async (_, sent, name, message) => {
    const endpoint = await rig.start();
    await expect(putRecords(rig.kinesis(endpoint), sent)).rejects.toThrow(
      expect.objectContaining({
        name,
        message: expect.stringMatching(message),
        $metadata: expect.objectContaining({ httpStatusCode: 400 }),
      }),
    );
    expect(endpoint.records).toEqual([]);
    expect(endpoint.calls).toEqual([expect.objectContaining({ status: 400, error: name, taken: 0 })]);
  });

  it.each([
    ['500 records', records(500)],
    ['10 MiB', Array(10).fill(large)],
    ['keys of 1 and 256 characters', [record('x', 'k'), record('x', '\u{1f493}'.repeat(256))]],
  ])('takes %s', async (_, sent) => {
    const endpoint = await rig.start();
    await putRecords(rig.kinesis(endpoint), sent);
    expect(endpoint.records).toHaveLength(sent.length);
  });

  it('knows which streams exist', async () => {
    const endpoint = await rig.start({ streams: ['walks'] });
    const client = rig.kinesis(endpoint);
    await expect(putRecords(client, records(1))).rejects.toThrow(
      expect.objectContaining({
        name: 'ResourceNotFoundException',
        message: expect.stringContaining('Stream rides'),
      }),
    );
    endpoint.streams?.add('rides');
    await putRecords(client, records(1));
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/walks';
    await client.send(new PutRecordsCommand({ StreamARN, Records: records(1) }));
    expect(endpoint.records.map(({ stream }) => stream)).toEqual(['rides', 'walks']);
  });

  it('takes of each shard no more records than its rate, and a second of it at once', async () => {
    let now = 0;
    const endpoint = await rig.start({ shards: 2, shardRecordsPerSecond: 10, now: () => now });
    const client = rig.kinesis(endpoint);
    // Their hashes begin with 0c and 92, so that each has a shard.
    const mixed = [...Array.from({ length: 12 }, () => record('x', 'a')), record('y', 'b')];
    const answer = await putRecords(client, mixed);
    expect(answer.FailedRecordCount).toBe(2);
    expect(answer.Records?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      ...Array(10).fill(undefined),
      'ProvisionedThroughputExceededException',
      'ProvisionedThroughputExceededException',
      undefined,
    ]);
    expect(answer.Records?.[11]?.ErrorMessage).toMatch(
      /^Rate exceeded for shard shardId-\d{12} in stream rides/,
    );
    now += 500;
    expect(await putRecords(client, mixed)).toMatchObject({ FailedRecordCount: 7 });
    now += 60_000;
    expect(await putRecords(client, mixed)).toMatchObject({ FailedRecordCount: 2 });
  });

  it('takes of each shard no more bytes than its rate', async () => {
    let now = 0;
    const endpoint = await rig.start({ shardBytesPerSecond: 100, now: () => now });
    const client = rig.kinesis(endpoint);
    const sent = [record('x'.repeat(56)), record('x'.repeat(56)), record('x'.repeat(36))];
    const codes = async () => (await putRecords(client, sent)).Records?.map(({ ErrorCode }) => !ErrorCode);
    expect(await codes()).toEqual([true, false, true]);
    now += 500;
    expect(await codes()).toEqual([false, false, true]);
  });
});

describe('the stand-in for Firehose', () => {
  it('takes records', async () => {
    const endpoint = await rig.start();
    const answer = await putBatch(rig.firehose(endpoint), [record('{"a":1}\n'), record('{"a":2}\n')]);
    expect(answer).toMatchObject({
      FailedPutCount: 0,
      RequestResponses: [{ RecordId: expect.any(String) }, { RecordId: expect.any(String) }],
    });
    expect(endpoint.records.map(({ stream, text }) => [stream, text])).toEqual([
      ['rides', '{"a":1}\n'],
      ['rides', '{"a":2}\n'],
    ]);
  });

  const large = record('x'.repeat(1_000 * 1_024));
  it.each([
    ['501 records', records(501), 'ValidationException', /500/],
    ['more than 4 MiB', Array(5).fill(large), 'InvalidArgumentException', /4 MB/],
    ['a record of more than 1,000 KiB', [record('x'.repeat(1_024_001))], 'ValidationException', /1024000/],
  ])('refuses %s', async (_, sent, name, message) => {
    const endpoint = await rig.start();
    const error = { name, message: expect.stringMatching(message) };
    await expect(putBatch(rig.firehose(endpoint), sent)).rejects.toThrow(expect.objectContaining(error));
    expect(endpoint.records).toEqual([]);
  });

  it('takes 500 records, and 4 MiB', async () => {
    const endpoint = await rig.start();
    await putBatch(rig.firehose(endpoint), records(500));
    await putBatch(rig.firehose(endpoint), [...Array(4).fill(large), record('x'.repeat(4 * 24 * 1_024))]);
    expect(endpoint.records).toHaveLength(505);
  });

  it('knows which streams exist', async () => {
    const endpoint = await rig.start({ streams: [] });
    await expect(putBatch(rig.firehose(endpoint), records(1))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
  });
});

describe('the stand-in as a process', () => {
  it('runs by itself, reports, and ends', async () => {
    const endpoint = await startSeparateAwsEndpoint({ shards: 2, streams: ['rides'] });
    const client = rig.kinesis(endpoint, { http: '2.0' });
    await putRecords(client, [record('one')]);
    await endpoint.setFaults({ recordFails: true });
    await putRecords(client, [record('two')]);
    const { calls, records: taken, cpuMs } = await endpoint.report();
    expect(calls.map((call) => call.taken)).toEqual([1, 0]);
    expect(taken).toEqual([expect.objectContaining({ stream: 'rides', key: 'ride', text: 'one' })]);
    expect(cpuMs).toBeGreaterThan(0);
    await endpoint.forget();
    expect((await endpoint.report()).records).toEqual([]);
    await endpoint.stop();
    await expect(fetch(endpoint.url)).rejects.toThrow();
  });
});
