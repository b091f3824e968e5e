import { map, switchMap, tap } from 'rxjs';
import { type Advertisement, type InspectedService, inspect } from '../../sensor/index.js';
import { sensorFinder } from '../../sensor/sensor-finder.js';
import { centralOf } from '../central.js';
import { untilEnd, wasStopped } from '../endings.js';
import type { SensorCommandOptions } from '../options.js';
import { print } from '../print.js';
import { describe } from './scan.js';

export interface InspectCommandOptions extends SensorCommandOptions {
  readonly name?: RegExp;
  readonly timeout: number;
}

export async function showServices(id: string | undefined, options: InspectCommandOptions): Promise<void> {
  const { name, timeout, json } = options;
  const central = centralOf(options);
  const within = timeout * 1_000;
  let shown = false;
  await untilEnd(
    sensorFinder(central, { id, name }, within).pipe(
      switchMap((heard) =>
        inspect(central, heard.id, { timeout: within }).pipe(map((services) => ({ heard, services }))),
      ),
      tap(({ heard, services }) => {
        shown = true;
        if (json) print(JSON.stringify({ id: heard.id, name: heard.name, rssi: heard.rssi, services }));
        else for (const line of tree(heard, services)) print(line);
      }),
    ),
  );
  if (!shown) wasStopped();
}

function tree(heard: Advertisement, services: readonly InspectedService[]): string[] {
  const title = ({ uuid, name = '' }: { readonly uuid: string; readonly name?: string | undefined }) =>
    `${uuid}  ${name}`;
  return [
    describe(heard).trim(),
    ...services.flatMap((service) => [
      '',
      title(service),
      ...service.characteristics.map(
        (found) => `  ${title(found).padEnd(44)}  ${found.properties.join(', ')}`,
      ),
    ]),
  ];
}
