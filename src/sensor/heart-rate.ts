import { defer, type Observable } from 'rxjs';
import type { HeartRateSample } from '../sample/index.js';
import type { Central } from './central.js';
import { connect } from './connect.js';
import { type SensorOptions, settingsOf } from './sensor-options.js';

/**
 * The heart rate of one sensor: found, connected to, decoded, and connected to again whenever the link is lost or
 * silent. Cold: each subscription is a session of its own, and unsubscribing closes the link. A packet that cannot be
 * decoded is reported and left out; those beside it are not.
 *
 * @param central - The Bluetooth transport.
 * @param options - Which sensor; without one, the strongest around.
 * @returns The samples as they arrive; it never completes by itself. Errors with a {@link SensorNotFoundError},
 *   {@link SensorNotConnectableError}, {@link NotAHeartRateSensorError} or {@link BluetoothUnavailableError}; once the
 *   sensor was found, only where `reconnect` sets an end.
 * @throws {@link InvalidArgumentError} where an option is out of its range.
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
export function heartRate(central: Central, options: SensorOptions = {}): Observable<HeartRateSample> {
  settingsOf(options);
  return defer(() => connect(central, options).samples$);
}
