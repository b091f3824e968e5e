import { setTimeout as sleep } from 'node:timers/promises';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordsCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { Client } from '@opensearch-project/opensearch';
import { expect, it, onTestFinished, vi } from 'vitest';
import { awsClientConfig } from '../support/aws.ts';
import { startOpenSearch } from '../support/opensearch.ts';
import { needs } from '../support/skip.ts';

const { describe, opensearch, aws } = needs('opensearch', 'aws');

describe('OpenSearch', () => {
  it('is the real one', async () => {
    const client = new Client({ node: opensearch.url });
    expect((await client.info()).body.version.number).toMatch(/^3\.8\./);
  });

  it('is the one at OPENSEARCH_URL where that is set, and none is started', async () => {
    vi.stubEnv('OPENSEARCH_URL', 'http://127.0.0.1:9');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await startOpenSearch()).url).toBe('http://127.0.0.1:9');
  });

  it('indexes in bulk and finds again', async () => {
    const client = new Client({ node: opensearch.url });
    const index = `servers-${Date.now()}`;
    const documents = [60, 61, 62].map((heart_rate) => ({ heart_rate }));
    const body = documents.flatMap((document, id) => [
      { index: { _index: index, _id: String(id) } },
      document,
    ]);
    expect((await client.bulk({ body, refresh: true })).body.errors).toBe(false);
    const found = await client.search({ index, body: { query: { range: { heart_rate: { gte: 61 } } } } });
    expect(found.body.hits.hits.map(({ _id }) => _id)).toEqual(['1', '2']);
    await client.indices.delete({ index });
  });
});

describe('Kinesis', () => {
  it('gives back the records in order', async () => {
    const client = new KinesisClient(awsClientConfig(aws.url));
    onTestFinished(() => client.destroy());
    const StreamName = `servers-${Date.now()}`;
    await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    await waitUntilStreamExists({ client, maxWaitTime: 10, minDelay: 1 }, { StreamName });
    const texts = Array.from({ length: 500 }, (_, number) => `record ${number}`);
    const Records = texts.map((text) => ({ Data: new TextEncoder().encode(text), PartitionKey: 'strap' }));
    expect((await client.send(new PutRecordsCommand({ StreamName, Records }))).FailedRecordCount).toBe(0);
    const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
    const ShardId = Shards?.[0]?.ShardId;
    const iterator = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
    const { ShardIterator } = await client.send(iterator);
    const got = await client.send(new GetRecordsCommand({ ShardIterator }));
    expect(got.Records?.map(({ Data }) => new TextDecoder().decode(Data))).toEqual(texts);
  });
});

describe('Firehose', () => {
  it('delivers to S3', async () => {
    const client = new FirehoseClient(awsClientConfig(aws.url));
    onTestFinished(() => client.destroy());
    const bucket = `servers-${Date.now()}`;
    await fetch(`${aws.url}/${bucket}`, { method: 'PUT' });
    const DeliveryStreamName = bucket;
    const destination = {
      BucketARN: `arn:aws:s3:::${bucket}`,
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
    };
    const create = { DeliveryStreamName, ExtendedS3DestinationConfiguration: destination };
    await client.send(new CreateDeliveryStreamCommand(create));
    const Records = [{ Data: new TextEncoder().encode('{"heart_rate":60}\n') }];
    const put = await client.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
    expect(put.FailedPutCount).toBe(0);
    expect(await firstObject(`${aws.url}/${bucket}`)).toBe('{"heart_rate":60}\n');
  });
});

async function firstObject(bucketUrl: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const key = /<Key>([^<]+)</.exec(await (await fetch(bucketUrl)).text())?.[1];
    if (key) return (await fetch(`${bucketUrl}/${key}`)).text();
    await sleep(100);
  }
  return undefined;
}
