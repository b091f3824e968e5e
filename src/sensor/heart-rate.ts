import {
  catchError,
  concatWith,
  defer,
  filter,
  map,
  type Observable,
  retry,
  switchMap,
  throwError,
  timeout,
  timer,
} from 'rxjs';
import { InvalidArgumentError, LiveHeartRateError } from '../errors.js';
import {
  decodeHeartRateMeasurement,
  type HeartRateMeasurement,
  type MalformedMeasurementError,
  uuids,
} from '../profile/index.js';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { Advertisement, Central } from './central.js';
import { monotonicClock } from './clock.js';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  NotAHeartRateSensorError,
  SensorDisconnectedError,
  SensorNotFoundError,
  SensorTimeoutError,
} from './errors.js';
import { findSensor, type SensorChoice } from './find-sensor.js';

/** Which sensor, and how long to wait for it. */
export interface HeartRateOptions extends SensorChoice {
  /** How long to look for the sensor, milliseconds. Default 30,000. */
  readonly timeout?: number;
  /** How long a connected sensor may send nothing before the link is given up and opened again, milliseconds. Default 5,000. */
  readonly silence?: number;
  /** Called with each packet that cannot be decoded. Default: a warning on the console, without the bytes. */
  readonly onMalformed?: (error: MalformedMeasurementError) => void;
}

/** How long opening a link may take, and again discovering its services, milliseconds. */
const CONNECT_TIMEOUT = 10_000;
/** The pause before the second attempt to connect again, milliseconds; it doubles up to the longest. */
const RECONNECT_DELAY = 500;
const RECONNECT_DELAY_MAX = 30_000;

/**
 * The heart rate of one sensor: found, connected to, decoded, and connected to again whenever the link is lost.
 * Cold: each subscription is a session of its own, and unsubscribing closes the link. A packet that cannot be
 * decoded is reported and left out; those beside it are not.
 *
 * @param central - The Bluetooth transport.
 * @param options - Which sensor; without one, the strongest around.
 * @returns The samples as they arrive; it never completes by itself. Errors with a {@link SensorNotFoundError},
 *   {@link NotAHeartRateSensorError} or {@link BluetoothUnavailableError}.
 * @throws {@link InvalidArgumentError} where a time is not positive, or longer than 24 days.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from 'rxjs';
 * import { heartRate } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sample = await firstValueFrom(heartRate(simulatedCentral({ speed: 100 })));
 * sample.sequence; // => 0
 * ```
 */
export function heartRate(central: Central, options: HeartRateOptions = {}): Observable<HeartRateSample> {
  const { timeout: within = 30_000, silence = 5_000, onMalformed = warn } = options;
  checkTime('timeout', within);
  checkTime('silence', silence);

  return defer(() => {
    const toSample = startSession(central);
    let choice: SensorChoice = options;
    let known = false;
    return defer(() => findSensor(central, choice, within)).pipe(
      switchMap((sensor) => {
        // From now on it is this one, however strong another may be.
        choice = { id: sensor.id };
        known = true;
        return measurements(central, sensor, silence, onMalformed).pipe(
          map((measured) => toSample(sensor, measured)),
        );
      }),
      retry({
        resetOnSuccess: true,
        delay: (error: unknown, attempt) =>
          known && isPassing(error) ? pause(attempt) : throwError(() => error),
      }),
    );
  });
}

/** One link, from opening it to its loss. */
function measurements(
  central: Central,
  sensor: Advertisement,
  silence: number,
  onMalformed: (error: MalformedMeasurementError) => void,
): Observable<HeartRateMeasurement> {
  return central.connect(sensor.id).pipe(
    timeout({
      first: CONNECT_TIMEOUT,
      with: () => late(`did not accept a connection within ${CONNECT_TIMEOUT} ms`),
    }),
    concatWith(ended),
    switchMap((connection) =>
      connection.notifications(uuids.heartRate, uuids.heartRateMeasurement).pipe(
        // Before the first value the services are discovered, so it may take longer.
        timeout({
          first: Math.max(silence, CONNECT_TIMEOUT),
          each: silence,
          with: () => late(`sent nothing for ${silence} ms`),
        }),
        concatWith(ended),
      ),
    ),
    map((bytes) => tryDecode(bytes, onMalformed)),
    filter((measurement) => measurement !== undefined),
    catchError((error: unknown) => {
      throw error instanceof CharacteristicNotFoundError
        ? new NotAHeartRateSensorError({ cause: error })
        : error;
    }),
  );
}

/** A link lasts until it is lost or given up, so one that just ends is lost. */
const ended = throwError(() => new SensorDisconnectedError('The link to the sensor ended.'));

function tryDecode(
  bytes: Uint8Array,
  onMalformed: (error: MalformedMeasurementError) => void,
): HeartRateMeasurement | undefined {
  try {
    return decodeHeartRateMeasurement(bytes);
  } catch (error) {
    onMalformed(error as MalformedMeasurementError);
    return undefined;
  }
}

/** Numbers and times the measurements of one session. */
function startSession(
  central: Central,
): (from: Advertisement, measurement: HeartRateMeasurement) => HeartRateSample {
  const clock = central.clock ?? monotonicClock();
  const session = crypto.randomUUID();
  let sequence = 0;
  let last = Number.NEGATIVE_INFINITY;
  return ({ id, name }, measurement) => {
    last = Math.max(last, clock.now());
    const sensor: SensorIdentity = name ? { id, name } : { id };
    return { timestamp: new Date(last), ...measurement, sensor, session, sequence: sequence++ };
  };
}

/** Whether the sensor may be had again later: all but a device that is the wrong one, or a fault of ours. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof SensorNotFoundError ||
    error instanceof BluetoothUnavailableError ||
    (error instanceof LiveHeartRateError && error.retriable)
  );
}

/** At once after the first failure, then longer and longer. */
function pause(attempt: number): Observable<unknown> {
  return timer(attempt === 1 ? 0 : Math.min(RECONNECT_DELAY * 2 ** (attempt - 2), RECONNECT_DELAY_MAX));
}

const late = (what: string) => throwError(() => new SensorTimeoutError(`The sensor ${what}.`));

const warn = (error: MalformedMeasurementError) =>
  console.warn(`liveheartrate: ${error.code}: ${error.message}`);

/** The longest time that a timer takes, milliseconds: one that is longer goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function checkTime(name: string, value: number): void {
  if (value > 0 && value <= LONGEST_TIMER) return;
  throw new InvalidArgumentError(`${name} must be 1 to ${LONGEST_TIMER} milliseconds, but is ${value}.`);
}
