import { defer, map, type Observable, switchMap } from 'rxjs';
import { canonicalUuid } from '../profile/index.js';
import { type Advertisement, type Central, SensorNotFoundError } from '../sensor/index.js';
import { Adapter } from './adapter.js';
import { link } from './link.js';
import { loadNoble } from './load-noble.js';
import type { Noble, NoblePeripheral } from './noble.js';

/** Which noble. */
export interface NobleCentralOptions {
  /**
   * The noble to use: `@stoprocent/noble` or `@abandonware/noble`. Default: whichever is installed, loaded at the
   * first scan.
   */
  readonly noble?: Noble;
}

/**
 * Bluetooth on Linux, macOS and Windows through noble. Nothing is loaded and no adapter is touched before the first
 * scan, and a while after the last use the adapter is let go, so that the process can exit. Links are opened one after
 * the other; one that does not open gives way to those that wait after 2 s, and tries again.
 *
 * Linux: the process needs the capability `cap_net_raw` or root. There an operation that the device refuses fails at
 * once; elsewhere noble says nothing of a refused write, and it stays open until it is given up. macOS: the terminal, or
 * the app, needs the permission to use Bluetooth; an app without `NSBluetoothAlwaysUsageDescription` is ended by the
 * system. A value that is read while the same characteristic notifies may there be the notified one.
 *
 * `@abandonware/noble` made with `{ extended: true }` tells the advertised services only where the environment has
 * `NOBLE_REPORT_ALL_HCI_EVENTS=1`; otherwise choose the sensor by its name.
 *
 * @param options - Which noble.
 * @returns The central. Where there is no Bluetooth its Observables error with a `BluetoothUnavailableError` that
 *   says what to do: its code is `BLUETOOTH_OFF`, `BLUETOOTH_UNAUTHORIZED` or `BLUETOOTH_UNAVAILABLE`.
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
  const withAdapter = <Value>(work: (noble: Noble, adapter: Adapter) => Observable<Value>) =>
    defer(() => (options.noble ? [options.noble] : loadNoble().then(({ noble }) => noble))).pipe(
      switchMap((noble) => {
        const adapter = Adapter.of(noble);
        return adapter.use(() => work(noble, adapter));
      }),
    );
  return {
    scan: () => withAdapter((_noble, { scan$ }) => scan$.pipe(map(advertisement))),
    connect: (id) =>
      withAdapter((noble, adapter) => {
        const peripheral = adapter.heard.get(id);
        if (peripheral === undefined)
          throw new SensorNotFoundError('No scan has shown a device with this id yet.');
        return link(noble, peripheral, adapter);
      }),
  };
}

function advertisement({ id, rssi, connectable, advertisement }: NoblePeripheral): Advertisement {
  return {
    id,
    rssi,
    name: advertisement.localName || undefined,
    services: (advertisement.serviceUuids ?? []).map(canonicalUuid),
    // One fork tells a number with adapters of Bluetooth 5.
    connectable: connectable === undefined ? undefined : Boolean(connectable),
  };
}
