import { parseArgs } from 'node:util';
import { heartRates } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { fromEvent, takeUntil } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });
const central = values.ble ? nobleCentral() : simulatedCentral({ sensors: 3 });
const present = new Map();

await heartRates(central, {
  // Only a sensor that is live has a present heart rate.
  onStatus({ state }, { id, name }) {
    console.log(`${name} is ${state}`);
    if (state !== 'live') present.delete(id);
  },
})
  .pipe(takeUntil(fromEvent(process, 'SIGINT')))
  .forEach(({ sensor, heartRate }) => {
    present.set(sensor.id, `${sensor.name}: ${heartRate}`);
    console.log([...present.values()].join('   '));
  });
