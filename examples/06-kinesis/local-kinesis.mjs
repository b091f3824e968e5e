import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { parseSamples } from 'liveheartrate';

/** A Kinesis on this machine, with one stream of one shard: kinesis-local, in a thread of this process. */
export async function startLocalKinesis(StreamName) {
  const server = new Worker(new URL('kinesis-thread.mjs', import.meta.url), { stdout: true });
  const [port] = await once(server, 'message');
  server.unref();
  const client = new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    // It speaks no HTTP/2, as Kinesis does.
    requestHandler: new NodeHttpHandler(),
  });
  await client.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await waitUntilStreamExists({ client, maxWaitTime: 10, minDelay: 1 }, { StreamName });

  return {
    client,
    /** Everything in the stream. */
    async samples() {
      const shard = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' };
      const { ShardIterator } = await client.send(new GetShardIteratorCommand(shard));
      const { Records } = await client.send(new GetRecordsCommand({ ShardIterator }));
      return Records.flatMap(({ Data }) => parseSamples(Data).samples);
    },
  };
}
