import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  endWith,
  filter,
  firstValueFrom,
  ignoreElements,
  map,
  merge,
  type Observable,
  ReplaySubject,
  share,
  switchMap,
  take,
  throwError,
  throwIfEmpty,
  timeout,
} from 'rxjs';
import {
  type BodySensorLocation,
  decodeBatteryLevel,
  decodeBodySensorLocation,
  uuids,
} from '../profile/index.js';
import type { HeartRateSample } from '../sample/index.js';
import type { Central, Connection } from './central.js';
import { type DeviceInformation, readInformation } from './device-information.js';
import { CharacteristicNotFoundError, GattOperationError } from './errors.js';
import { inTime, late, linkEnded, noAnswer } from './link.js';
import { sensorFinder } from './sensor-finder.js';
import { type SensorOptions, settingsOf } from './sensor-options.js';
import { session } from './session.js';
import type { SensorStatus } from './status.js';

/**
 * One sensor. The link is open as long as somebody is subscribed to {@link Sensor.samples$} or
 * {@link Sensor.battery$}, or waits for an operation; all of them share one session.
 */
export interface Sensor {
  /** The samples, as `heartRate` gives them; a subscriber after the end starts a new session. */
  readonly samples$: Observable<HeartRateSample>;
  /** Where the session is: the present status, and each new one. It opens nothing and never ends. */
  readonly status$: Observable<SensorStatus>;
  /** The battery in per cent, 0-100, after each connecting and whenever the sensor says so. Errors with a {@link CharacteristicNotFoundError} where it has none. */
  readonly battery$: Observable<number>;
  /**
   * What the device says of itself. Rejects like every operation, in time.
   *
   * @returns Each text that it has; what it does not say is absent.
   */
  info(): Promise<DeviceInformation>;
  /**
   * Where it is worn.
   *
   * @returns The place; `undefined` where its number is reserved.
   */
  bodySensorLocation(): Promise<BodySensorLocation | undefined>;
  /** Sets energy expended to 0 (Heart Rate Service 1.0, section 3.3); a sensor may lack this, or not answer. */
  resetEnergyExpended(): Promise<void>;
}

/** The one command of the Heart Rate Control Point (Heart Rate Service 1.0, section 3.3.1). */
const RESET_ENERGY_EXPENDED = /* @__PURE__ */ new Uint8Array([0x01]);

/**
 * One sensor with all it offers, found and connected to when somebody first needs it.
 *
 * @param central - The Bluetooth transport.
 * @param options - Which sensor; without one, the strongest around.
 * @returns The sensor. Its operations reject as `heartRate` errors where it cannot be found, with a
 *   {@link SensorTimeoutError} where there is no link, or no answer, in time, with a {@link SensorDisconnectedError} where
 *   the link is lost meanwhile, with a {@link CharacteristicNotFoundError} for what the device lacks, and with a
 *   {@link GattOperationError} for what it refuses.
 * @throws {@link InvalidArgumentError} where an option is out of its range.
 *
 * @example
 * ```ts
 * import { connect } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sensor = connect(simulatedCentral(), { name: 'Simulated 1' });
 * await sensor.bodySensorLocation(); // => 'chest'
 * ```
 */
export function connect(central: Central, options: SensorOptions = {}): Sensor {
  const settings = settingsOf(options);
  const status$ = new ReplaySubject<SensorStatus>(1);
  const connection$ = new BehaviorSubject<Connection | undefined>(undefined);

  // One for all sessions: once found, it is this sensor and no other, also where another is the strongest now.
  const find = sensorFinder(central, settings.choice, settings.within);
  const samples$ = defer(() => {
    let link: Connection | undefined;
    return session(central, find, settings, {
      status: (status) => status$.next(status),
      connection: (connection) => {
        const mine = connection$.value === link;
        link = connection;
        // An error is told before its link is taken back: who then subscribes again may have the next one already.
        if (connection !== undefined || mine) connection$.next(connection);
      },
    });
  }).pipe(share());

  /** Something done with each link, while the session is kept going for it. */
  const withLinks = <Value>(work: (connection: Connection) => Observable<Value>): Observable<Value> =>
    merge(
      samples$.pipe(ignoreElements()),
      connection$.pipe(
        distinctUntilChanged(),
        switchMap((connection) => (connection === undefined ? EMPTY : work(connection))),
      ),
    );

  /** Something done once; a link that is lost meanwhile ends it. */
  const operation = <Value>(work: (connection: Connection) => Observable<Value>): Promise<Value> => {
    const opened$ = connection$.pipe(
      filter((connection) => connection !== undefined),
      timeout({ first: settings.within, with: () => late(`was not connected within ${settings.within} ms`) }),
      take(1),
    );
    const lost$ = connection$.pipe(
      filter((connection) => connection === undefined),
      switchMap(() => linkEnded),
    );
    const done$ = opened$.pipe(
      switchMap((connection) => merge(work(connection).pipe(throwIfEmpty(noAnswer)), lost$)),
    );
    return firstValueFrom(merge(samples$.pipe(ignoreElements()), done$));
  };

  return {
    samples$,
    status$: status$.asObservable(),
    battery$: withLinks(batteryLevels),
    info: () => operation(readInformation),
    bodySensorLocation: () =>
      operation((connection) =>
        inTime(connection.read(uuids.heartRate, uuids.bodySensorLocation), 'a read').pipe(
          map(decodeBodySensorLocation),
        ),
      ),
    resetEnergyExpended: () =>
      operation((connection) =>
        inTime(
          connection.write(uuids.heartRate, uuids.heartRateControlPoint, RESET_ENERGY_EXPENDED),
          'a write',
        ).pipe(endWith(undefined)),
      ),
  };
}

/** The level as it is now, and as it changes; a battery that does not answer on this link may on the next. */
function batteryLevels(connection: Connection): Observable<number> {
  return concat(
    inTime(connection.read(uuids.battery, uuids.batteryLevel), 'a read'),
    connection.notifications(uuids.battery, uuids.batteryLevel),
  ).pipe(
    map(decodeBatteryLevel),
    distinctUntilChanged(),
    catchError((error: unknown) =>
      error instanceof CharacteristicNotFoundError ? throwError(() => error) : EMPTY,
    ),
  );
}
