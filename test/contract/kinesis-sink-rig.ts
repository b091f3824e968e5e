import { randomUUID } from 'node:crypto';
import { CreateStreamCommand, KinesisClient, waitUntilStreamExists } from '@aws-sdk/client-kinesis';
import { kinesisSink } from '../../src/kinesis/index.js';
import type { SinkRig } from '../../src/testing/index.js';
import { awsClientConfig } from '../support/aws.js';
import { kinesisShards } from '../support/kinesis-reader.js';

/** The Kinesis sink before a Kinesis at this address, with a new stream of two shards for each test. */
export function kinesisSinkRig(url: string): SinkRig {
  const client = new KinesisClient(awsClientConfig(url));
  return {
    async open(options) {
      const streamName = `rides-${randomUUID()}`;
      await client.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }));
      await waitUntilStreamExists({ client, maxWaitTime: 120, minDelay: 1 }, { StreamName: streamName });
      const shards = await kinesisShards(client, streamName);
      const lines: string[] = [];
      return {
        sink: kinesisSink({ streamName, client, ...options }),
        async arrived() {
          for (const shard of shards) {
            for (let records = await shard.read(); records.length > 0; records = await shard.read()) {
              lines.push(...records.map(({ Data }) => new TextDecoder().decode(Data)));
            }
          }
          return lines.join('');
        },
      };
    },
    openNowhere: () => ({
      sink: kinesisSink({ streamName: 'no-such-stream', client }),
      message: /no-such-stream.*ResourceNotFoundException.*create it/,
    }),
  };
}
