import { Observable, Subject } from 'rxjs';
import { type Connection, SensorDisconnectedError } from '../sensor/index.js';
import type { Adapter } from './adapter.js';
import { closeLink } from './close-link.js';
import { connectionTo } from './connection.js';
import type { Noble, NoblePeripheral } from './noble.js';

/** The peripherals that a link of this process is open to, or being opened. */
const linked = new WeakSet<NoblePeripheral>();

/** Opens the link to a peripheral, and closes it when unsubscribed from. */
export function link(noble: Noble, peripheral: NoblePeripheral, adapter: Adapter): Observable<Connection> {
  return new Observable((subscriber) => {
    // To noble both would be one link, and whoever ends it first would end it for the other.
    if (linked.has(peripheral))
      throw new SensorDisconnectedError('This process is connected to the sensor already.');
    linked.add(peripheral);
    const lost$ = new Subject<never>();
    let reason = new SensorDisconnectedError('The link to the sensor was closed.');
    let open = false;
    const onDisconnect = () => {
      open = false;
      reason = new SensorDisconnectedError('The link to the sensor was lost.');
      subscriber.error(reason);
    };
    const opening = adapter.dialler.open(peripheral).subscribe({
      error: (error: unknown) => subscriber.error(error),
      complete: () => {
        // It may have gone again before this was told.
        if (peripheral.state !== 'connected') return onDisconnect();
        open = true;
        peripheral.on('disconnect', onDisconnect);
        subscriber.next(connectionTo(noble, peripheral, lost$));
      },
    });
    return () => {
      linked.delete(peripheral);
      opening.unsubscribe();
      peripheral.removeListener('disconnect', onDisconnect);
      lost$.error(reason);
      if (open) closeLink(peripheral, adapter.hold);
    };
  });
}
