import { randomUUID } from 'node:crypto';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { firehoseSink } from '../../src/firehose/index.js';
import { awsClientConfig } from '../support/aws.js';
import { needs } from '../support/skip.js';
import { sinkSuite } from './sink-suite.js';

const { describe, aws } = needs('aws');
const client = new FirehoseClient(awsClientConfig(aws.url));

/** Reads every object of a bucket, in the order of their keys. */
async function readBucket(bucket: string): Promise<string> {
  const list = await (await fetch(`${aws.url}/${bucket}?list-type=2&max-keys=10000`)).text();
  const keys = [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key).sort();
  const texts = await Promise.all(
    keys.map(async (key) => (await fetch(`${aws.url}/${bucket}/${key}`)).text()),
  );
  return texts.join('');
}

describe('the Firehose sink', () => {
  sinkSuite({
    async open(options) {
      const deliveryStreamName = `rides-${randomUUID()}`;
      await fetch(`${aws.url}/${deliveryStreamName}`, { method: 'PUT' });
      const create = new CreateDeliveryStreamCommand({
        DeliveryStreamName: deliveryStreamName,
        DeliveryStreamType: 'DirectPut',
        ExtendedS3DestinationConfiguration: {
          BucketARN: `arn:aws:s3:::${deliveryStreamName}`,
          RoleARN: 'arn:aws:iam::000000000000:role/firehose',
        },
      });
      await client.send(create);
      return {
        sink: firehoseSink({ deliveryStreamName, client, ...options }),
        // Firehose promises no order among its objects, so the lines are put into theirs.
        async arrived() {
          const lines: string[] = (await readBucket(deliveryStreamName)).match(/.*\n/g) ?? [];
          const sequence = (line: string) => (JSON.parse(line) as { sequence: number }).sequence;
          return [...lines].sort((a, b) => sequence(a) - sequence(b)).join('');
        },
      };
    },
    openNowhere: () => ({
      sink: firehoseSink({ deliveryStreamName: 'no-such-stream', client }),
      message: /no-such-stream.*ResourceNotFoundException.*create it/,
    }),
  });
});
