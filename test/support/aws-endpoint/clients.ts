import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { type NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach } from 'vitest';
import { type AwsEndpoint, type AwsEndpointOptions, startAwsEndpoint } from './endpoint.mjs';

interface ClientOptions {
  /** HTTP/2 is what the client for Kinesis speaks by itself. */
  http?: '1.1' | '2.0';
  accessKeyId?: string;
  maxAttempts?: number;
  /** In place of the one that goes with `http`. */
  requestHandler?: NodeHttp2Handler | undefined;
}

/** A record, and its key in Kinesis. */
export const record = (text: string, key = 'ride') => ({ PartitionKey: key, Data: Buffer.from(text) });
export const records = (count: number) => Array.from({ length: count }, (_, at) => record(`${at}`));

/** Starts endpoints and real clients for them, and ends all of them after each test. */
export function awsRig() {
  const clients: { destroy(): void }[] = [];
  const endpoints: AwsEndpoint[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    for (const endpoint of endpoints.splice(0)) await endpoint.stop();
  });

  const config = (endpoint: { url: string }, { accessKeyId = 'test', maxAttempts = 1 }: ClientOptions) => ({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'test' },
    maxAttempts,
  });

  return {
    async start(options: AwsEndpointOptions = {}): Promise<AwsEndpoint> {
      const endpoint = await startAwsEndpoint(options);
      endpoints.push(endpoint);
      return endpoint;
    },
    kinesis(endpoint: { url: string }, options: ClientOptions = {}): KinesisClient {
      const { http, requestHandler = http === '2.0' ? undefined : new NodeHttpHandler() } = options;
      const client = new KinesisClient({
        ...config(endpoint, options),
        ...(requestHandler && { requestHandler }),
      });
      clients.push(client);
      return client;
    },
    firehose(endpoint: { url: string }, options: ClientOptions = {}): FirehoseClient {
      const client = new FirehoseClient(config(endpoint, options));
      clients.push(client);
      return client;
    },
  };
}

type Records = ReturnType<typeof record>[];

export const putRecords = (client: KinesisClient, Records: Records, abortSignal?: AbortSignal) =>
  client.send(new PutRecordsCommand({ StreamName: 'rides', Records }), {
    ...(abortSignal && { abortSignal }),
  });

export const putBatch = (client: FirehoseClient, Records: Records) =>
  client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'rides', Records }));
