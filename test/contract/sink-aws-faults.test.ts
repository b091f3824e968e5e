import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LiveHeartRateError } from '../../src/errors.js';
import { firehoseSink } from '../../src/firehose/index.js';
import { kinesisSink } from '../../src/kinesis/index.js';
import { parseSamples } from '../../src/sample/index.js';
import type { Sink, SinkOptions } from '../../src/sink/index.js';
import { awsClientConfig } from '../support/aws.js';
import { startAwsEndpoint } from '../support/aws-endpoint/endpoint.mjs';
import { sampleOf } from '../support/samples.js';
import { sinkSuite } from './sink-suite.js';

type Endpoint = Awaited<ReturnType<typeof startAwsEndpoint>>;
type Options = Parameters<typeof startAwsEndpoint>[0];

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const endpoint of opened.splice(0)) await endpoint.stop();
});

async function start(options: Options = {}): Promise<Endpoint> {
  const endpoint = await startAwsEndpoint(options);
  opened.push(endpoint);
  return endpoint;
}

/** What a user has who sets nothing but the environment. */
function useEnvironment({ url }: Endpoint): void {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'old');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
}

const text = ({ records }: Endpoint) => records.map((record) => record.text).join('');
const samplesIn = (endpoint: Endpoint) => parseSamples(text(endpoint)).samples;

describe.each([
  ['Kinesis over HTTP/2', (endpoint: Endpoint, options?: SinkOptions) => open(endpoint, options)],
  [
    'Kinesis over HTTP/1.1',
    ({ url }: Endpoint, options?: SinkOptions) =>
      kinesisSink({ streamName: 'rides', client: new KinesisClient(awsClientConfig(url)), ...options }),
  ],
  [
    'Firehose',
    ({ url }: Endpoint, options?: SinkOptions) =>
      firehoseSink({
        deliveryStreamName: 'rides',
        client: new FirehoseClient(awsClientConfig(url)),
        ...options,
      }),
  ],
])('the sink of %s, before an endpoint with the limits of AWS', (_, sinkOf) => {
  sinkSuite({
    async open(options) {
      const endpoint = await start();
      return { sink: sinkOf(endpoint, options), arrived: async () => text(endpoint) };
    },
  });

  it.each([
    ['connections that are reset before the records are taken', { resetBefore: 0.4 }],
    ['connections that are reset when they are', { resetAfter: 0.4 }],
    ['server faults', { internalFailure: 0.3, unavailable: 0.3 }],
    ['records that fail', { recordFails: 0.4 }],
    ['records and calls that are throttled', { recordThrottled: 0.3, callThrottled: 0.3 }],
    ['answers that are no JSON, or too short', { notJson: 0.2, tooFewResults: 0.2 }],
  ])('survives %s', async (__, faults) => {
    const endpoint = await start({ faults });
    const sink = sinkOf(endpoint, { maxLatency: 5, retry: { delay: 5, maxDelay: 50 } });
    const samples = Array.from({ length: 60 }, (___, at) =>
      sampleOf(Math.floor(at / 6), { session: `ride ${at % 6}` }),
    );
    for (const sample of samples) sink.accept(sample);
    await sink.flush();
    expect(sink.stats()).toMatchObject({ delivered: 60, dropped: 0, unsettled: 0 });
    const identities = new Set(samplesIn(endpoint).map(({ session, sequence }) => `${session}:${sequence}`));
    expect(identities.size).toBe(60);
    await sink.close();
  });

  it('goes on when an outage is over', async () => {
    const endpoint = await start();
    const sink = sinkOf(endpoint, { maxLatency: 0, retry: { delay: 5, maxDelay: 50 } });
    await endpoint.outage('refuse');
    const away = new Promise((resolve) => sink.errors$.subscribe(resolve));
    sink.accept(sampleOf(0));
    await expect(away).resolves.toMatchObject({ code: 'DELIVERY_FAILED' });
    await endpoint.outage(undefined);
    await sink.flush();
    expect(samplesIn(endpoint)).toEqual([sampleOf(0)]);
    await sink.close();
  });

  it.each([
    [{ accessDenied: true }, /AccessDenied.*allowed to write/],
    [{ unrecognizedClient: true }, /UnrecognizedClient.*credentials/],
  ])('says at once what is refused: %o', async (faults, message) => {
    const endpoint = await start({ faults });
    const sink = sinkOf(endpoint, { maxLatency: 0 });
    const failed = firstError(sink);
    sink.accept(sampleOf(0));
    const error = await failed;
    expect(error).toMatchObject({ code: 'DELIVERY_REJECTED' });
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/stream rides in (us-east-1|eu-west-1)/);
    expect(sink.stats()).toMatchObject({ dropped: 1 });
    await sink.close();
  });
});

function open(endpoint: Endpoint, options: SinkOptions = {}): Sink {
  useEnvironment(endpoint);
  return kinesisSink({ streamName: 'rides', ...options });
}

const firstError = (sink: Sink) =>
  new Promise<LiveHeartRateError>((resolve) => sink.errors$.subscribe(resolve));

describe('the Kinesis sink with a client of its own', () => {
  it('survives credentials that expire, as soon as there are others', async () => {
    const endpoint = await start({ faults: { expiredUntil: 'new' } });
    const sink = open(endpoint, { maxLatency: 0, retry: { delay: 5, maxDelay: 50 } });
    const failed = firstError(sink);
    sink.accept(sampleOf(0));
    await expect(failed).resolves.toMatchObject({ code: 'DELIVERY_FAILED', retriable: true });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'new');
    await sink.flush();
    expect(samplesIn(endpoint)).toEqual([sampleOf(0)]);
    await sink.close();
  });

  it('uses one connection for many calls', async () => {
    const endpoint = await start();
    const sink = open(endpoint, { maxLatency: 0 });
    for (let at = 0; at < 20; at++) {
      sink.accept(sampleOf(at));
      await sink.flush();
    }
    expect(endpoint.calls.length).toBe(20);
    expect(endpoint.connections).toBe(1);
    await sink.close();
  });

  it('goes by the ARN, too', async () => {
    const endpoint = await start();
    useEnvironment(endpoint);
    const sink = kinesisSink({ streamArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/rides' });
    sink.accept(sampleOf(0));
    await sink.close();
    expect(endpoint.records.map(({ stream }) => stream)).toEqual(['rides']);
  });

  it('is slowed down by a shard that takes 1,000 records a second, and wastes few calls', async () => {
    const endpoint = await start({ shards: 1, shardRecordsPerSecond: 1_000, latency: 5 });
    const sink = open(endpoint, { overflow: 'wait' });
    for (let at = 0; at < 4_000; at++) await sink.accept(sampleOf(0, { session: `ride ${at}` }));
    await sink.flush();
    expect(endpoint.records).toHaveLength(4_000);
    const { throttles } = sink.stats();
    expect(throttles).toBeGreaterThan(0);
    expect(throttles).toBeLessThan(4_000);
    await sink.close();
  });
});
