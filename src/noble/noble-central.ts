import { catchError, defer, from, map, Observable, of, share, switchMap } from 'rxjs';
import {
  type Advertisement,
  BluetoothUnavailableError,
  type Central,
  CharacteristicNotFoundError,
  type Connection,
  SensorDisconnectedError,
  SensorNotFoundError,
} from '../sensor/index.js';
import { Adapter } from './adapter.js';
import { loadNoble } from './load-noble.js';
import type { Noble, NobleCharacteristic, NoblePeripheral } from './noble.js';

/** Which noble. */
export interface NobleCentralOptions {
  /**
   * The noble to use: `@abandonware/noble` or `@stoprocent/noble`. Default: whichever is installed, loaded at the
   * first scan.
   */
  readonly noble?: Noble;
}

/** How long a link may take to close before the adapter is let go all the same, milliseconds. */
const DISCONNECT_TIMEOUT = 500;

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

/** The peripherals that a link of this process is open to, or being opened. */
const linked = new WeakSet<NoblePeripheral>();

function link(peripheral: NoblePeripheral, adapter: Adapter): Observable<Connection> {
  return new Observable((subscriber) => {
    // To noble both would be one link, and whoever ends it first would end it for the other.
    if (linked.has(peripheral))
      throw new SensorDisconnectedError('This process is connected to the sensor already.');
    linked.add(peripheral);
    const onDisconnect = () =>
      subscriber.error(new SensorDisconnectedError('The link to the sensor was lost.'));
    peripheral.once('disconnect', onDisconnect);
    peripheral.connectAsync().then(
      () => subscriber.next({ notifications: (...names) => notifications(peripheral, ...names) }),
      (cause: unknown) =>
        subscriber.error(
          new SensorDisconnectedError('The link to the sensor could not be opened.', { cause }),
        ),
    );
    return () => {
      linked.delete(peripheral);
      peripheral.removeListener('disconnect', onDisconnect);
      if (peripheral.state === 'connecting') cancel(peripheral, adapter);
      else if (peripheral.state === 'connected') disconnect(peripheral, adapter);
    };
  });
}

/** Gives up a link that is being opened; it may have opened just before, and is closed then. */
function cancel(peripheral: NoblePeripheral, adapter: Adapter): void {
  peripheral.cancelConnect();
  const hold = adapter.hold();
  const onConnect = (error?: unknown) => {
    if (!error && !linked.has(peripheral)) disconnect(peripheral, adapter);
  };
  peripheral.once('connect', onConnect);
  setTimeout(() => {
    peripheral.removeListener('connect', onConnect);
    hold.unsubscribe();
  }, DISCONNECT_TIMEOUT);
}

/** Closes a link, and keeps the adapter until that has gone out. */
function disconnect(peripheral: NoblePeripheral, adapter: Adapter): void {
  const hold = adapter.hold();
  const done = () => {
    clearTimeout(timer);
    peripheral.removeListener('disconnect', done);
    hold.unsubscribe();
  };
  const timer = setTimeout(done, DISCONNECT_TIMEOUT);
  peripheral.once('disconnect', done);
  peripheral.disconnect();
}

function notifications(
  peripheral: NoblePeripheral,
  service: string,
  characteristic: string,
): Observable<Uint8Array> {
  const found = defer(() =>
    peripheral.discoverSomeServicesAndCharacteristicsAsync([service], [characteristic]),
  );
  return found.pipe(
    catchError((cause: unknown) => {
      // Where the service is missing, both forks say so in a sentence and nothing else.
      if (/could not find/i.test(String(cause))) return of({ characteristics: [] });
      throw new SensorDisconnectedError('The services of the sensor could not be read.', { cause });
    }),
    switchMap(({ characteristics: [first] }) => {
      if (first === undefined) throw new CharacteristicNotFoundError(service, characteristic);
      return values(peripheral, first);
    }),
  );
}

function values(peripheral: NoblePeripheral, characteristic: NobleCharacteristic): Observable<Uint8Array> {
  return new Observable((subscriber) => {
    const onData = (value: Uint8Array) => subscriber.next(value);
    characteristic.on('data', onData);
    characteristic.subscribeAsync().catch((cause: unknown) => {
      subscriber.error(
        new SensorDisconnectedError('The sensor did not switch its notifications on.', { cause }),
      );
    });
    return () => {
      characteristic.removeListener('data', onData);
      // Where the link is closed too, that comes next, and a write on its way to a closed link breaks noble.
      queueMicrotask(() => {
        if (peripheral.state === 'connected') characteristic.unsubscribeAsync().catch(ignore);
      });
    };
  });
}

const ignore = () => undefined;
