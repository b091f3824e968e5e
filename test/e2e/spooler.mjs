// Hands samples to a Kinesis sink with a spool, and tells which of them it has accepted: node spooler.mjs '{…}'
import { writeSync } from 'node:fs';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { kinesisSink } from 'liveheartrate/kinesis';

const { url, from, to, closes, leaves, sessions = 7, ...options } = JSON.parse(process.argv[2] ?? '{}');
const client = new KinesisClient({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler(),
});
const sink = kinesisSink({ streamName: 'rides', client, ...options });

const GROUP = 50;
for (let at = from; at < to; at += GROUP) {
  const accepted = Array.from({ length: Math.min(GROUP, to - at) }, (_, more) =>
    sink.accept({
      timestamp: new Date(1_800_000_000_000 + (at + more) * 1_000),
      heartRate: 60 + ((at + more) % 100),
      rrIntervals: [812.5],
      sensor: { id: 'strap-1' },
      session: `ride ${(at + more) % sessions}`,
      sequence: at + more,
    }),
  );
  await Promise.all(accepted);
  // In one step, so that a kill does not tear it.
  writeSync(1, `${Math.min(at + GROUP, to)}\n`);
}
if (!leaves) {
  await sink.flush(closes);
  await sink.close();
}
console.error(JSON.stringify({ ...sink.stats(), maxRss: process.resourceUsage().maxRSS }));
