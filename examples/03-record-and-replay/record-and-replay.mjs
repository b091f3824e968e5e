import { parseArgs } from 'node:util';
import { heartRate } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { record, replay } from 'liveheartrate/recording';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, take, takeUntil } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });
const central = values.ble ? nobleCentral() : simulatedCentral({ speed: 10 });
const file = `ride-${Date.now()}.jsonl`;

// Half a minute; Ctrl-C ends it earlier.
await heartRate(central)
  .pipe(take(30), takeUntil(fromEvent(process, 'SIGINT')), record(file))
  .forEach(({ heartRate }) => {
    console.log('recorded', heartRate);
  });

// The same samples, with the same times and packets, ten times as fast.
await replay(file, { speed: 10 }).forEach(({ heartRate }) => {
  console.log('replayed', heartRate);
});
console.log(`Both are in ${file}: one line of JSON for each sample.`);
