import { InvalidArgumentError, LiveHeartRateError } from '../errors.js';
import type { MalformedMeasurementError } from '../profile/index.js';
import { type BackOff, checkReconnect, type ReconnectOptions } from './back-off.js';
import { checkTime } from './check-time.js';

/** Which sensor is meant; none of both means the strongest around. */
export interface SensorChoice {
  /**
   * The id a scan shows. Without it, a sensor that was lost is also recognised by its name, where only one around has
   * that: where several people may wear the same model, give the id.
   */
  readonly id?: string | undefined;
  /** The whole advertised name, or a pattern that it matches. Default: whichever. */
  readonly name?: string | RegExp | undefined;
}

/** How to be connected to a sensor. */
export interface LinkOptions {
  /**
   * How long to look for the sensor each time, and for an operation to wait for a link, milliseconds. To recognise one
   * that has changed its address takes more than 2,000. Default 30,000.
   */
  readonly timeout?: number;
  /** How long a sensor may send no heart rate before it counts as silent and the link is opened again, milliseconds. Default 5,000. */
  readonly silence?: number;
  /** How to connect again, or `false` to error instead. Default: for ever. */
  readonly reconnect?: false | ReconnectOptions;
  /** Called with each packet that cannot be decoded. Default: a warning on the console, without the bytes. */
  readonly onMalformed?: (error: MalformedMeasurementError) => void;
}

/** Which sensor, and how to be connected to it. */
export interface SensorOptions extends SensorChoice, LinkOptions {}

/** The options of one session with their defaults. */
export interface Settings {
  readonly choice: SensorChoice;
  readonly within: number;
  readonly silence: number;
  readonly backOff: BackOff;
  readonly onMalformed: (error: MalformedMeasurementError) => void;
}

/** Fills in the defaults; throws an {@link InvalidArgumentError} where an option is out of its range. */
export function settingsOf({ id, name, ...options }: SensorOptions): Settings {
  const { timeout: within = 30_000, silence = 5_000, reconnect = {}, onMalformed = warn } = options;
  if (id === '' || name === '')
    throw new InvalidArgumentError('id and name must not be empty: leave them out for the strongest sensor.');
  checkTime('timeout', within);
  checkTime('silence', silence);
  return { choice: { id, name }, within, silence, backOff: checkReconnect(reconnect), onMalformed };
}

/** What is said where nobody else wants to know. */
export function warn(error: unknown): void {
  // What others say may name the address of a sensor.
  const what =
    error instanceof LiveHeartRateError
      ? `${error.code}: ${error.message}`
      : `${error instanceof Error ? error.name : typeof error}: see its error.`;
  console.warn(`liveheartrate: ${what}`);
}
