import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { parseSamples } from 'liveheartrate';

/** Firehose and S3 on this machine, with one delivery stream into one bucket: MiniStack, a program of Python. */
export async function startLocalFirehose(DeliveryStreamName) {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const env = { ...process.env, BIND_HOST: '127.0.0.1', GATEWAY_PORT: new URL(endpoint).port };
  // In a group of its own, so that Ctrl-C does not end it before the last samples are delivered.
  const server = spawn('ministack', { env, stdio: 'ignore', detached: true });
  process.once('exit', () => server.kill());
  process.on('SIGINT', () => process.listenerCount('SIGINT') === 1 && process.exit(130));
  await once(server, 'spawn').catch((cause) => {
    throw new Error('MiniStack is not there: pip install ministack', { cause });
  });
  server.unref();
  while (!(await fetch(`${endpoint}/archive`, { method: 'PUT' }).catch(() => false))) await sleep(100);

  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new FirehoseClient({ endpoint, region: 'us-east-1', credentials });
  const S3 = { BucketARN: 'arn:aws:s3:::archive', RoleARN: 'arn:aws:iam::000000000000:role/none' };
  await client.send(
    new CreateDeliveryStreamCommand({ DeliveryStreamName, ExtendedS3DestinationConfiguration: S3 }),
  );
  return {
    client,
    /** Everything in the bucket. */
    async objects() {
      const list = await (await fetch(`${endpoint}/archive?list-type=2`)).text();
      const keys = [...list.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
      const read = async (key) => parseSamples(await (await fetch(`${endpoint}/archive/${key}`)).text());
      return Promise.all(keys.map(async (key) => ({ key, samples: (await read(key)).samples })));
    },
  };
}

async function freePort() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  await once(server.close(), 'close');
  return port;
}
