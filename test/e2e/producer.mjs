// A user's program, from the strap to the stream: it must end by itself once it has unsubscribed.
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { heartRate, sendTo } from 'liveheartrate';
import { kinesisSink } from 'liveheartrate/kinesis';
import { nobleCentral } from 'liveheartrate/noble';
import { loadNoble } from '../support/strap/load-noble.mjs';

const { fork, port, endpoint, streamName, pack, samples } = JSON.parse(process.argv[2] ?? '{}');
const client = new KinesisClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler(),
});

let received = 0;
const subscription = heartRate(nobleCentral({ noble: loadNoble(fork, port) }))
  .pipe(sendTo(kinesisSink({ streamName, client, pack })))
  .subscribe(() => {
    if (++received === samples) subscription.unsubscribe();
  });
process.on('exit', () => console.log(JSON.stringify({ received, closed: subscription.closed })));
