import { Observable, Subject } from 'rxjs';
import { type Connection, SensorDisconnectedError } from '../sensor/index.js';
import type { WebBluetoothDevice, WebBluetoothServer } from './bluetooth.js';
import { connection } from './connection.js';

/** The devices that a link of this page is open to, or being opened. */
const linked = new WeakSet<WebBluetoothDevice>();
/** The last attempt at each device. One given up lasts until it would have succeeded, and spoils what overlaps it. */
const attempts = new WeakMap<WebBluetoothDevice, Promise<unknown>>();

/** Opens the link to a device, and closes it when unsubscribed from. */
export function link(device: WebBluetoothDevice): Observable<Connection> {
  return new Observable((subscriber) => {
    // A page that may use services of a device has it.
    const gatt = device.gatt as WebBluetoothServer;
    // To browsers both would be one link, and whoever ends it first would end it for the other.
    if (linked.has(device) || gatt.connected)
      throw new SensorDisconnectedError('This page is connected to the sensor already.');
    linked.add(device);
    const lost$ = new Subject<never>();
    let reason = new SensorDisconnectedError('The link to the sensor was closed.');
    const onDisconnect = () => {
      reason = new SensorDisconnectedError('The link to the sensor was lost.');
      subscriber.error(reason);
    };
    device.addEventListener('gattserverdisconnected', onDisconnect);
    const attempt = Promise.resolve(attempts.get(device)).then(() => subscriber.closed || gatt.connect());
    attempts.set(
      device,
      attempt.catch(() => undefined),
    );
    attempt.then(
      () => subscriber.next(connection(gatt, lost$)),
      (cause: unknown) =>
        subscriber.error(
          new SensorDisconnectedError('The link to the sensor could not be opened.', { cause }),
        ),
    );
    return () => {
      linked.delete(device);
      device.removeEventListener('gattserverdisconnected', onDisconnect);
      // Where it is still being opened, that is given up.
      gatt.disconnect();
      lost$.error(reason);
    };
  });
}
