import { defer, from, map, Observable, share, switchMap } from 'rxjs';
import {
  type Advertisement,
  BluetoothUnavailableError,
  type Central,
  SensorNotFoundError,
} from '../sensor/index.js';
import { Adapter } from './adapter.js';
import { link } from './link.js';
import { loadNoble } from './load-noble.js';
import type { Noble, NoblePeripheral } from './noble.js';

/** Which noble. */
export interface NobleCentralOptions {
  /**
   * The noble to use: `@abandonware/noble` or `@stoprocent/noble`. Default: whichever is installed, loaded at the
   * first scan.
   */
  readonly noble?: Noble;
}

/**
 * Bluetooth on Linux, macOS and Windows through noble. Nothing is loaded and no adapter is touched before the first
 * scan, and a while after the last use the adapter is let go, so that the process can exit.
 *
 * @param options - Which noble.
 * @returns The central. Where there is no Bluetooth its Observables error with a `BluetoothUnavailableError` that
 *   says what to do.
 *
 * @example
 * ```ts no-run
 * import { heartRate } from 'liveheartrate';
 * import { nobleCentral } from 'liveheartrate/noble';
 *
 * heartRate(nobleCentral(), { name: /Forerunner/ }).subscribe((sample) => console.log(sample.heartRate));
 * ```
 */
export function nobleCentral(options: NobleCentralOptions = {}): Central {
  const peripherals = new Map<string, NoblePeripheral>();
  const withAdapter = <Value>(work: (adapter: Adapter) => Observable<Value>) =>
    defer(() => (options.noble ? [options.noble] : from(loadNoble()))).pipe(
      switchMap((noble) => work(Adapter.of(noble))),
    );

  // One scan for all who listen: noble knows only one, and stopping it would stop it for everybody.
  const scan = withAdapter((adapter) => adapter.use((noble) => discoveries(noble, adapter))).pipe(
    map((peripheral): Advertisement => {
      peripherals.set(peripheral.id, peripheral);
      const { id, rssi, advertisement } = peripheral;
      return {
        id,
        rssi,
        name: advertisement.localName || undefined,
        services: advertisement.serviceUuids ?? [],
      };
    }),
    share(),
  );

  return {
    scan: () => scan,
    connect: (id) =>
      withAdapter((adapter) =>
        adapter.use(() => {
          const peripheral = peripherals.get(id);
          if (peripheral === undefined)
            throw new SensorNotFoundError('No scan has shown a device with this id yet.');
          return link(peripheral, adapter);
        }),
      ),
  };
}

function discoveries(noble: Noble, adapter: Adapter): Observable<NoblePeripheral> {
  return new Observable((subscriber) => {
    const onDiscover = (peripheral: NoblePeripheral) => subscriber.next(peripheral);
    noble.on('discover', onDiscover);
    const started = adapter.scanStopped.then(() =>
      subscriber.closed ? undefined : noble.startScanningAsync([], true),
    );
    started.catch((cause: unknown) => {
      subscriber.error(
        new BluetoothUnavailableError('The Bluetooth adapter did not start to scan.', { cause }),
      );
    });
    return () => {
      noble.removeListener('discover', onDiscover);
      adapter.stopScanning();
    };
  });
}
