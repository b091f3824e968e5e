import { parseArgs } from 'node:util';
import { inspect, scan } from 'liveheartrate';
import { nobleCentral } from 'liveheartrate/noble';
import { simulatedCentral } from 'liveheartrate/simulator';
import { firstValueFrom, lastValueFrom, takeUntil, timer, toArray } from 'rxjs';

const { values } = parseArgs({ options: { ble: { type: 'boolean' } } });
const central = values.ble ? nobleCentral() : simulatedCentral({ sensors: 3 });

const heard = await lastValueFrom(scan(central).pipe(takeUntil(timer(3_000)), toArray()));
// Each is heard again and again; the last time counts.
const around = [...new Map(heard.map((sensor) => [sensor.id, sensor])).values()];
around.sort((one, other) => (other.rssi ?? -127) - (one.rssi ?? -127));
for (const { name, rssi } of around) console.log(name ?? 'no name', rssi, 'dBm');

const [strongest] = around;
const services = strongest ? await firstValueFrom(inspect(central, strongest.id)) : [];
for (const { name, uuid, characteristics } of services) {
  console.log(`\n${name ?? uuid}`);
  for (const { name, uuid, properties } of characteristics)
    console.log(`  ${name ?? uuid}: ${properties.join(', ')}`);
}
