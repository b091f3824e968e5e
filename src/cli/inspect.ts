import type { Command } from 'commander';
import { map, switchMap, tap } from 'rxjs';
import { type Advertisement, type InspectedService, inspect } from '../sensor/index.js';
import { sensorFinder } from '../sensor/sensor-finder.js';
import { untilEnd, wasStopped } from './endings.js';
import {
  centralOf,
  LONGEST,
  namePattern,
  nonEmpty,
  type SensorCommandOptions,
  upTo,
  withSensorOptions,
} from './options.js';
import { print } from './print.js';
import { describe } from './scan.js';

interface InspectCommandOptions extends SensorCommandOptions {
  readonly name?: RegExp;
  readonly timeout: number;
}

/** `liveheartrate inspect`: what a device has. */
export function inspectCommand(program: Command): void {
  withSensorOptions(program.command('inspect'))
    .description('show all services and characteristics of a device')
    .argument('[id]', 'its id, as scan shows it; default: the strongest strap around', nonEmpty)
    .option('--name <text>', 'a part of its name, or a pattern in slashes', namePattern)
    .option('--timeout <seconds>', 'how long to look for it', upTo(LONGEST), 30)
    .action(showServices);
}

async function showServices(id: string | undefined, options: InspectCommandOptions): Promise<void> {
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
