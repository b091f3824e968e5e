import { catchError, ignoreElements, Observable, switchMap, takeUntil } from 'rxjs';
import {
  CharacteristicNotFoundError,
  type Connection,
  GattOperationError,
  SensorDisconnectedError,
} from '../sensor/index.js';
import type { WebBluetoothCharacteristic, WebBluetoothServer } from './bluetooth.js';
import { discover, isHidden } from './discover.js';
import { platformUuid } from './platform-uuid.js';
import { takeTurns } from './take-turns.js';

/**
 * What can be done over an open link. Browsers refuse a second operation while one is under way, so all take turns.
 *
 * @param lost$ - Errors when the link is no more, and with it all that is under way: browsers leave some unanswered.
 */
export function connection(gatt: WebBluetoothServer, lost$: Observable<never>): Connection {
  const turns = takeTurns();

  /** An operation of which this is what the device refuses. */
  const operation = <Value>(what: string, work: () => Promise<Value>): Observable<Value> =>
    turns(work).pipe(
      catchError((cause: unknown) => {
        if (cause instanceof CharacteristicNotFoundError) throw cause;
        throw gatt.connected
          ? new GattOperationError(`The sensor did not ${what}.`, { cause })
          : new SensorDisconnectedError('The link to the sensor was lost.', { cause });
      }),
      takeUntil(lost$),
    );

  async function find(service: string, characteristic: string): Promise<WebBluetoothCharacteristic> {
    try {
      const within = await gatt.getPrimaryService(platformUuid(service));
      return await within.getCharacteristic(platformUuid(characteristic));
    } catch (error) {
      throw isHidden(error) ? new CharacteristicNotFoundError(service, characteristic) : error;
    }
  }

  /** The values of a characteristic while its notifications are on. */
  const values = (from: WebBluetoothCharacteristic) =>
    new Observable<Uint8Array>((subscriber) => {
      const onValue = () => subscriber.next(copy(from.value));
      from.addEventListener('characteristicvaluechanged', onValue);
      subscriber.add(
        operation('switch its notifications on', () => from.startNotifications()).subscribe({
          error: (error: unknown) => subscriber.error(error),
        }),
      );
      return () => {
        from.removeEventListener('characteristicvaluechanged', onValue);
        // Where the link is closed too, that comes first.
        turns(async () => gatt.connected && from.stopNotifications()).subscribe({ error: () => undefined });
      };
    });

  return {
    services: () => operation('say what it has', () => discover(gatt)),
    read: (service, characteristic) =>
      operation('let a value be read', async () => {
        const found = await find(service, characteristic);
        // Some platforms answer all the same, with the last notified value.
        if (!found.properties.read) throw new Error('It is not readable.');
        return copy(await found.readValue());
      }),
    write: (service, characteristic, value) =>
      operation('take a value', async () =>
        (await find(service, characteristic)).writeValueWithResponse(new Uint8Array(value).buffer),
      ).pipe(ignoreElements()),
    notifications: (service, characteristic) =>
      operation('say what it has', () => find(service, characteristic)).pipe(
        switchMap(values),
        takeUntil(lost$),
      ),
  };
}

const copy = (value: DataView = new DataView(new ArrayBuffer(0))) =>
  new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
