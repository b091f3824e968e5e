import { parseArgs } from 'node:util';
import { heartRate } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, takeUntil } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });

heartRate(values.ble ? nobleCentral() : simulatedCentral())
  .pipe(takeUntil(fromEvent(process, 'SIGINT')))
  .subscribe({
    next: ({ heartRate, rrIntervals }) => console.log(heartRate, 'bpm', rrIntervals),
    error: ({ code, message }) => {
      console.error(`${code}: ${message}`);
      process.exitCode = 1;
    },
  });
