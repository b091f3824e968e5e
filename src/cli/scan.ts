import type { Command } from 'commander';
import { distinct, takeUntil, tap, timer } from 'rxjs';
import { type Advertisement, SensorNotFoundError, scan } from '../sensor/index.js';
import { nameOf } from './describe.js';
import { untilEnd, wasStopped } from './endings.js';
import { centralOf, LONGEST, type SensorCommandOptions, upTo, withSensorOptions } from './options.js';
import { print } from './print.js';

interface ScanCommandOptions extends SensorCommandOptions {
  readonly seconds: number;
  readonly all?: boolean;
}

/** `liveheartrate scan`: who is around. */
export function scanCommand(program: Command): void {
  withSensorOptions(program.command('scan'))
    .description('show the straps and watches around, with signal strength, name and id')
    .option('--seconds <number>', 'how long to listen', upTo(LONGEST), 10)
    .option('--all', 'show every Bluetooth LE device')
    .action(showAll);
}

async function showAll({ seconds, all = false, json, ...options }: ScanCommandOptions): Promise<void> {
  let count = 0;
  const heard$ = scan(centralOf(options), { all }).pipe(
    takeUntil(timer(seconds * 1_000)),
    // Some say their name only when they are asked for more.
    distinct(({ id, name }) => JSON.stringify([id, name])),
    tap((heard) => {
      count++;
      print(json ? JSON.stringify(heard) : describe(heard));
    }),
  );
  await untilEnd(heard$);
  if (count > 0 || wasStopped()) return;
  throw new SensorNotFoundError(
    `No ${all ? 'device' : 'heart-rate sensor'} was heard within ${seconds} s. Is it worn and near, a watch in its ` +
      `broadcast mode, and not connected elsewhere?${all ? '' : ' Some show only with --all.'}`,
  );
}

/** An advertisement for people. */
export const describe = ({ id, name, rssi }: Advertisement): string =>
  `${rssi === undefined ? '' : `${rssi} dBm`.padStart(8)}  ${nameOf({ name }).padEnd(24)}  ${id}`;
