import { distinct, takeUntil, tap, timer } from 'rxjs';
import { type Advertisement, SensorNotFoundError, scan } from '../../sensor/index.js';
import { centralOf } from '../central.js';
import { nameOf } from '../describe.js';
import { untilEnd, wasStopped } from '../endings.js';
import type { SensorCommandOptions } from '../options.js';
import { print } from '../print.js';

export interface ScanCommandOptions extends SensorCommandOptions {
  readonly seconds: number;
  readonly all?: boolean;
}

export async function showAll({ seconds, all = false, json, ...options }: ScanCommandOptions): Promise<void> {
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
