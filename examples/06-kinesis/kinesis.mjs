import { parseArgs } from 'node:util';
import { heartRate, sendTo } from 'liveheartrate';
import { kinesisSink } from 'liveheartrate/kinesis';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, takeUntil } from 'rxjs';
import { startLocalKinesis } from './local-kinesis.mjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' }, 'stream-name': { type: 'string' } } });
const streamName = values['stream-name'] ?? 'hr-kinesis-stream';
const local = values['stream-name'] ? undefined : await startLocalKinesis(streamName);

const sink = kinesisSink({ streamName, client: local?.client });
await heartRate(values.ble ? nobleCentral() : simulatedCentral())
  .pipe(takeUntil(fromEvent(process, 'SIGINT')), sendTo(sink))
  .forEach(({ heartRate }) => {
    console.log('sent', heartRate);
  });
await sink.close();

console.log(sink.stats().delivered, 'samples delivered to', sink.name);
for (const { heartRate } of (await local?.samples()) ?? []) console.log('stored', heartRate);
