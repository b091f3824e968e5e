import { defer, filter, type Observable } from 'rxjs';
import { InvalidArgumentError, LiveHeartRateError } from '../errors.js';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { Central } from './central.js';
import { roster } from './roster.js';
import { persistentScan } from './scan.js';
import { fits } from './sensor-finder.js';
import { type LinkOptions, type SensorChoice, settingsOf, warn } from './sensor-options.js';
import type { SensorStatus } from './status.js';

/** Which sensors, how many, and how to be connected to them. */
export interface HeartRatesOptions extends Omit<LinkOptions, 'timeout'>, Pick<SensorChoice, 'name'> {
  /** How many sensors to be connected to at a time; many adapters hold fewer. Default 50. */
  readonly max?: number;
  /**
   * Called with each new status of each sensor: only one that is `live` has a present heart rate. Default: nothing but
   * a warning on the console for a sensor that ends with an error.
   */
  readonly onStatus?: (status: SensorStatus, sensor: SensorIdentity) => void;
}

/**
 * The heart rates of all sensors around, each sample with the sensor it comes from. Whoever is heard is connected to
 * while there is a place, and one that is lost gives its place to others until it is heard again. To each sensor, by
 * its id, belongs one session, as with {@link heartRate}; one that advertises another id starts another, since of two
 * sensors with one name nobody knows who wears which. One that fails does not disturb the others.
 *
 * @param central - The Bluetooth transport. Where a person chooses, as in browsers, there is one sensor, and its end is
 *   the end.
 * @param options - Which sensors, how many, and how to be connected to them.
 *   With `reconnect: false`, or where its attempts are used up, a session ends, and a sensor that is heard 10 s later or
 *   more starts another.
 * @returns The samples as they arrive; it never completes by itself. Errors with a {@link BluetoothUnavailableError}
 *   where there is no usable adapter to begin with, and later only where `reconnect` sets an end.
 * @throws {@link InvalidArgumentError} where an option is out of its range.
 *
 * @example
 * ```ts
 * import { distinct, lastValueFrom, map, take, toArray } from 'rxjs';
 * import { heartRates } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const samples$ = heartRates(simulatedCentral({ sensors: 3, speed: 100 }), { max: 2 });
 * const names$ = samples$.pipe(map(({ sensor }) => sensor.name), distinct(), take(2), toArray());
 * (await lastValueFrom(names$)).sort(); // => ['Simulated 1', 'Simulated 2']
 * ```
 */
export function heartRates(central: Central, options: HeartRatesOptions = {}): Observable<HeartRateSample> {
  const { max = 50, onStatus, ...rest } = options;
  if (!Number.isInteger(max) || max < 1)
    throw new InvalidArgumentError(`max must be a whole number from 1, but is ${max}.`);
  const settings = settingsOf(rest);
  const { choice, backOff } = settings;
  return defer(() => {
    // Whoever names sensors, or points at one, may mean some that do not advertise their service.
    const all = choice.name !== undefined || central.chooser === true;
    const scan$ = persistentScan(central, { all }, backOff).pipe(
      // What a person has chosen is the answer, also where it is the wrong one.
      filter((heard) => central.chooser === true || (heard.connectable !== false && fits(heard, choice))),
    );
    return roster(central, scan$, max, settings, {
      status: (status, sensor) => onStatus?.(status, sensor),
      // What no sensor has done is no status that anybody expects.
      failure: (error) => {
        if (!onStatus || !(error instanceof LiveHeartRateError)) warn(error);
      },
    });
  });
}
