import { parseArgs } from 'node:util';
import { heartRate, sendTo } from 'liveheartrate';
import { firehoseSink } from 'liveheartrate/firehose';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, takeUntil } from 'rxjs';
import { startLocalFirehose } from './local-firehose.mjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' }, 'stream-name': { type: 'string' } } });
const deliveryStreamName = values['stream-name'] ?? 'hr_firehose';
const local = values['stream-name'] ? undefined : await startLocalFirehose(deliveryStreamName);

// Samples of three seconds share a record, which costs a third.
const sink = firehoseSink({ deliveryStreamName, client: local?.client, pack: { delay: 3_000 } });
await heartRate(values.ble ? nobleCentral() : simulatedCentral())
  .pipe(takeUntil(fromEvent(process, 'SIGINT')), sendTo(sink))
  .forEach(({ heartRate }) => {
    console.log('sent', heartRate);
  });
await sink.close();

console.log(sink.stats().delivered, 'samples delivered to', sink.name);
for (const { key, samples } of (await local?.objects()) ?? [])
  console.log(
    key,
    samples.map(({ heartRate }) => heartRate),
  );
