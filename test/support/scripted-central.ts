import { EMPTY, Observable, of, Subject } from 'rxjs';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import type { Advertisement, Central, Connection } from '../../src/sensor/index.js';

/** A central whose every move a test decides: for the faults that a real one cannot be made to show on demand. */
export function scriptedCentral() {
  const advertisements = new Subject<Advertisement>();
  const open: { connection: Subject<Connection>; values: Subject<Uint8Array>; id: string }[] = [];
  const count = { scans: 0, connects: 0 };

  const counted = <Value>(key: 'scans' | 'connects', source: Observable<Value>) =>
    new Observable<Value>((subscriber) => {
      count[key]++;
      const subscription = source.subscribe(subscriber);
      return () => {
        count[key]--;
        subscription.unsubscribe();
      };
    });

  const central: Central = {
    scan: () => counted('scans', advertisements),
    connect: (id) => {
      const link = { connection: new Subject<Connection>(), values: new Subject<Uint8Array>(), id };
      open.push(link);
      return counted('connects', link.connection);
    },
  };
  const last = () => open.at(-1) ?? expectLink();

  return {
    central,
    /** How many scans and links are open now. */
    count,
    /** The ids that were connected to, in order. */
    connectedTo: () => open.map(({ id }) => id),
    advertise: (id: string, more: Partial<Advertisement> = {}) =>
      advertisements.next({ id, rssi: -60, services: ['180d'], ...more }),
    /** Accepts the last connection that was asked for. */
    accept: () => {
      const { connection, values } = last();
      connection.next({
        services: () => of([]),
        read: () => of(new Uint8Array([1])),
        write: () => EMPTY,
        notifications: () => values,
      });
    },
    notify: (value: Uint8Array) => last().values.next(value),
    beat: (heartRate: number) => last().values.next(encodeHeartRateMeasurement({ heartRate })),
    failNotifications: (error: Error) => last().values.error(error),
    endLink: () => last().connection.complete(),
    endNotifications: () => last().values.complete(),
    drop: (error: Error) => last().connection.error(error),
  };
}

function expectLink(): never {
  throw new Error('Nobody has connected yet.');
}
