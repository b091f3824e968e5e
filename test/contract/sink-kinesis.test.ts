import { randomUUID } from 'node:crypto';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { kinesisSink } from '../../src/kinesis/index.js';
import { awsClientConfig } from '../support/aws.js';
import { kinesisShards } from '../support/kinesis-reader.js';
import { needs } from '../support/skip.js';
import { sinkSuite } from './sink-suite.js';

const { describe, aws } = needs('aws');
const client = new KinesisClient(awsClientConfig(aws.url));

describe('the Kinesis sink', () => {
  sinkSuite({
    async open(options) {
      const streamName = `rides-${randomUUID()}`;
      await client.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 2 }));
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
          return lines;
        },
      };
    },
    openNowhere: () => ({
      sink: kinesisSink({ streamName: 'no-such-stream', client }),
      message: /no-such-stream.*ResourceNotFoundException.*create it/,
    }),
  });
});
