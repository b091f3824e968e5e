import { catchError, defer, Observable, of, switchMap } from 'rxjs';
import { CharacteristicNotFoundError, type Connection, SensorDisconnectedError } from '../sensor/index.js';
import type { Adapter } from './adapter.js';
import type { NobleCharacteristic, NoblePeripheral } from './noble.js';

/** How long a link may take to close before the adapter is let go all the same, milliseconds. */
const DISCONNECT_TIMEOUT = 500;

/** The peripherals that a link of this process is open to, or being opened. */
const linked = new WeakSet<NoblePeripheral>();

/** Opens the link to a peripheral, and closes it when unsubscribed from. */
export function link(peripheral: NoblePeripheral, adapter: Adapter): Observable<Connection> {
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
