import { defer, EMPTY, NEVER, Observable, of, Subject } from 'rxjs';
import { encodeHeartRateMeasurement, uuids } from '../../src/profile/index.js';
import type { Advertisement, Central, Connection } from '../../src/sensor/index.js';

interface Link {
  readonly id: string;
  readonly connection: Subject<Connection>;
  readonly values: Subject<Uint8Array>;
}

/** A central whose every move a test decides: for the faults that a real one cannot be made to show on demand. */
export function scriptedCentral() {
  let advertisements = new Subject<Advertisement>();
  const open: Link[] = [];
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
    scan: () =>
      counted(
        'scans',
        defer(() => advertisements),
      ),
    connect: (id) => {
      const link = { connection: new Subject<Connection>(), values: new Subject<Uint8Array>(), id };
      open.push(link);
      return counted('connects', link.connection);
    },
  };

  /** What a test does to one link. */
  const controls = (link: () => Link) => ({
    /** Accepts the connection; what the device is to have beside its heart rate comes as `gatt`. */
    accept: (gatt: Partial<Connection> = {}) => {
      const { connection, values } = link();
      connection.next({
        services: () => of([]),
        read: () => of(new Uint8Array([1])),
        write: () => EMPTY,
        notifications: (_, characteristic) =>
          characteristic === uuids.heartRateMeasurement ? values : NEVER,
        ...gatt,
      });
    },
    notify: (value: Uint8Array) => link().values.next(value),
    beat: (heartRate: number) => link().values.next(encodeHeartRateMeasurement({ heartRate })),
    failNotifications: (error: Error) => link().values.error(error),
    endLink: () => link().connection.complete(),
    endNotifications: () => link().values.complete(),
    drop: (error: unknown) => link().connection.error(error),
    /** Whether somebody holds the link, and whether its heart rate is listened to. */
    held: () => link().connection.observed,
    heard: () => link().values.observed,
  });

  return {
    central,
    /** How many scans and links are open now. */
    count,
    /** The ids that were connected to, in order. */
    connectedTo: () => open.map(({ id }) => id),
    advertise: (id: string, more: Partial<Advertisement> = {}) =>
      advertisements.next({ id, rssi: -60, services: ['180d'], ...more }),
    /** Lets the scan fail that goes on now; the next one works. */
    failScan: (error: Error) => {
      const failing = advertisements;
      advertisements = new Subject();
      failing.error(error);
    },
    /** The last connection that was asked for. */
    ...controls(() => open.at(-1) ?? expectLink()),
    /** An earlier one, in the order of {@link connectedTo}. */
    link: (index: number) => controls(() => open.at(index) ?? expectLink()),
  };
}

export type ScriptedCentral = ReturnType<typeof scriptedCentral>;

function expectLink(): never {
  throw new Error('Nobody has connected yet.');
}
