import { parseArgs } from 'node:util';
import { heartRate } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { distinctUntilKeyChanged, filter, fromEvent, scan, skipWhile, takeUntil } from 'rxjs';

const { values } = parseArgs({
  options: {
    ble: { type: 'boolean' },
    above: { type: 'string', default: '150' },
    below: { type: 'string', default: '140' },
  },
});
const [above, below] = [Number(values.above), Number(values.below)];

// A minute of rest, then two as fast as the heart can, again and again: each takes a second or two.
const workout = [
  { name: 'rest', seconds: 60, effort: 0 },
  { name: 'sprint', seconds: 120, effort: 1 },
];
const central = values.ble ? nobleCentral() : simulatedCentral({ speed: 60, workout });

await heartRate(central)
  .pipe(
    takeUntil(fromEvent(process, 'SIGINT')),
    // No beat at all (0) is another kind of trouble.
    filter(({ heartRate }) => heartRate > 0),
    // Raised above one rate and cleared only below another, so that it does not flicker in between.
    scan(
      ({ raised }, { heartRate, timestamp }) => ({
        raised: raised ? heartRate >= below : heartRate > above,
        heartRate,
        timestamp,
      }),
      { raised: false },
    ),
    distinctUntilKeyChanged('raised'),
    skipWhile(({ raised }) => !raised),
  )
  .forEach(({ raised, heartRate, timestamp }) => {
    console.log(timestamp.toISOString(), raised ? 'raised' : 'cleared', heartRate);
  });
