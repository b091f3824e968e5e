import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/simulator/random.js';
import { awsRig, putBatch, putRecords, record, records } from '../support/aws-endpoint/clients.js';
import type { Faults } from '../support/aws-endpoint/faults.mjs';

const rig = awsRig();
const failure = (name: string, status?: number) =>
  expect.objectContaining({
    name,
    ...(status && { $metadata: expect.objectContaining({ httpStatusCode: status }) }),
  });

describe('faults of single records', () => {
  it.each([
    [{ recordFails: true }, 'InternalFailure', 'InternalFailure'],
    [{ recordThrottled: true }, 'ProvisionedThroughputExceededException', 'ServiceUnavailableException'],
  ])('%o', async (faults, ofKinesis, ofFirehose) => {
    const endpoint = await rig.start({ faults });
    const kinesis = await putRecords(rig.kinesis(endpoint), records(2));
    expect(kinesis.FailedRecordCount).toBe(2);
    expect(kinesis.Records?.map(({ ErrorCode }) => ErrorCode)).toEqual([ofKinesis, ofKinesis]);
    const firehose = await putBatch(rig.firehose(endpoint), records(2));
    expect(firehose.FailedPutCount).toBe(2);
    expect(firehose.RequestResponses?.map(({ ErrorCode }) => ErrorCode)).toEqual([ofFirehose, ofFirehose]);
    expect(endpoint.records).toEqual([]);
  });

  it('come again with the same seed', async () => {
    const run = async (seed: number) => {
      const endpoint = await rig.start({ random: seededRandom(seed), faults: { recordFails: 0.3 } });
      const { FailedRecordCount } = await putRecords(rig.kinesis(endpoint), records(200));
      expect(endpoint.records).toHaveLength(200 - (FailedRecordCount ?? 0));
      return endpoint.records.map(({ text }) => text);
    };
    const first = await run(1);
    expect(first.length).toBeGreaterThan(100);
    expect(first.length).toBeLessThan(180);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});

describe('faults of whole calls', () => {
  const throttled = 'ProvisionedThroughputExceededException';
  it.each<[Faults, string, number, string, number]>([
    [{ callThrottled: true }, throttled, 400, 'ServiceUnavailableException', 503],
    [{ limitExceeded: true }, 'LimitExceededException', 400, 'LimitExceededException', 400],
    [{ internalFailure: true }, 'InternalFailure', 500, 'InternalFailure', 500],
    [{ unavailable: true }, 'ServiceUnavailable', 503, 'ServiceUnavailable', 503],
    [{ accessDenied: true }, 'AccessDeniedException', 400, 'AccessDeniedException', 400],
    [{ unrecognizedClient: true }, 'UnrecognizedClientException', 400, 'UnrecognizedClientException', 400],
  ])('%o', async (faults, ofKinesis, kinesisStatus, ofFirehose, firehoseStatus) => {
    const endpoint = await rig.start({ faults });
    for (const http of ['1.1', '2.0'] as const) {
      const call = putRecords(rig.kinesis(endpoint, { http }), records(2));
      await expect(call).rejects.toThrow(failure(ofKinesis, kinesisStatus));
    }
    const call = putBatch(rig.firehose(endpoint), records(2));
    await expect(call).rejects.toThrow(failure(ofFirehose, firehoseStatus));
    expect(endpoint.records).toEqual([]);
    expect(endpoint.calls.at(-1)).toMatchObject({
      status: firehoseStatus,
      error: ofFirehose,
      records: 2,
      taken: 0,
    });
  });

  it('refuses an expired token until there is a new one', async () => {
    const endpoint = await rig.start({ faults: { expiredUntil: 'renewed' } });
    await expect(putRecords(rig.kinesis(endpoint), records(1))).rejects.toThrow(
      failure('ExpiredTokenException', 400),
    );
    await putRecords(rig.kinesis(endpoint, { accessKeyId: 'renewed' }), records(1));
    expect(endpoint.calls.map(({ accessKey, taken }) => [accessKey, taken])).toEqual([
      ['test', 0],
      ['renewed', 1],
    ]);
  });

  it('shows the attempts of the client itself', async () => {
    const endpoint = await rig.start({ faults: { unavailable: true } });
    await expect(putRecords(rig.kinesis(endpoint, { maxAttempts: 3 }), records(1))).rejects.toThrow();
    expect(endpoint.calls.map(({ attempt }) => attempt)).toEqual([
      'attempt=1; max=3',
      'attempt=2; max=3',
      'attempt=3; max=3',
    ]);
    expect(new Set(endpoint.calls.map(({ invocation }) => invocation)).size).toBe(1);
  });
});

describe.each(['1.1', '2.0'] as const)('faults of the connection over HTTP/%s', (http) => {
  it.each([
    [{ resetBefore: true }, 0],
    [{ resetAfter: true }, 2],
  ])('%o', async (faults, taken) => {
    const endpoint = await rig.start({ faults });
    const client = rig.kinesis(endpoint, { http });
    await expect(putRecords(client, records(2))).rejects.toThrow();
    expect(endpoint.records).toHaveLength(taken);
    expect(endpoint.calls).toEqual([expect.objectContaining({ status: 0, error: 'reset', taken })]);
    endpoint.faults = {};
    await putRecords(client, records(1));
    expect(endpoint.records).toHaveLength(taken + 1);
  });

  it.each([
    [{ hangBefore: true }, 0],
    [{ hangAfter: true }, 2],
  ])('%o', async (faults, taken) => {
    const endpoint = await rig.start({ faults });
    const client = rig.kinesis(endpoint, { http });
    await expect(putRecords(client, records(2), AbortSignal.timeout(1_000))).rejects.toThrow(
      failure('AbortError'),
    );
    expect(endpoint.records).toHaveLength(taken);
    endpoint.faults = {};
    await putRecords(client, records(1));
  });

  it('answers late', async () => {
    const endpoint = await rig.start({ faults: { slow: true, slowMs: 60_000 } });
    const client = rig.kinesis(endpoint, { http });
    const impatient = new AbortController();
    const call = putRecords(client, records(1), impatient.signal).catch((error: unknown) => error);
    await expect.poll(() => endpoint.records.length).toBe(1);
    impatient.abort();
    expect(await call).toEqual(failure('AbortError'));
    endpoint.faults = { slow: true, slowMs: 150 };
    const began = performance.now();
    await putRecords(client, records(1));
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
    expect(endpoint.records).toHaveLength(2);
  });

  it.each(['reset', 'refuse'] as const)('has an outage: %s', async (outage) => {
    const endpoint = await rig.start({ latency: 100 });
    const client = rig.kinesis(endpoint, { http });
    const { url } = endpoint;
    await putRecords(client, records(1));
    const caught = putRecords(client, records(1)).catch((error: unknown) => error);
    await expect.poll(() => endpoint.calls.length).toBe(2);
    await endpoint.outage(outage);
    expect(await caught).toBeInstanceOf(Error);
    const code = outage === 'reset' ? /ECONNRESET|reset|hang up|closed|cancel/i : /ECONNREFUSED/;
    const error = await putRecords(client, records(1)).catch((error: unknown) => error);
    expect(`${(error as { code?: string }).code} ${error}`).toMatch(code);
    await endpoint.outage(undefined);
    expect(endpoint.url).toBe(url);
    await putRecords(client, [record('after')]);
    expect(endpoint.records.map(({ text }) => text)).toEqual(['0', '0', 'after']);
  });

  it('answers with something that is no JSON, or with a result too few', async () => {
    const endpoint = await rig.start({ faults: { notJson: true } });
    const client = rig.kinesis(endpoint, { http });
    await expect(putRecords(client, records(2))).rejects.toThrow(failure('SyntaxError'));
    endpoint.faults = { tooFewResults: true };
    expect((await putRecords(client, records(2))).Records).toHaveLength(1);
    expect((await putBatch(rig.firehose(endpoint), records(2))).RequestResponses).toHaveLength(1);
    expect(endpoint.records).toHaveLength(6);
  });

  it('stops with calls in progress', async () => {
    const endpoint = await rig.start({ latency: 60_000 });
    const client = rig.kinesis(endpoint, { http });
    const call = putRecords(client, records(1)).catch((error: unknown) => error);
    await expect.poll(() => endpoint.records.length).toBe(1);
    await endpoint.stop();
    expect(await call).toBeInstanceOf(Error);
    await expect(fetch(endpoint.url)).rejects.toThrow();
  });
});
