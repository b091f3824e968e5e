import { type Observable, switchMap, take, throwIfEmpty } from 'rxjs';
import { InvalidArgumentError } from '../errors.js';
import type { Central, GattCharacteristic } from './central.js';
import { checkTime } from './check-time.js';
import { inTime, noAnswer, openLink } from './link.js';
import { sensorFinder } from './sensor-finder.js';

/** A characteristic, with what the Bluetooth SIG calls it. */
export interface InspectedCharacteristic extends GattCharacteristic {
  /** Its name in the Assigned Numbers, such as `'Heart Rate Measurement'`; absent where it is the maker's own. */
  readonly name?: string | undefined;
}

/** A service, with what the Bluetooth SIG calls it. */
export interface InspectedService {
  /** Its UUID as {@link canonicalUuid} writes it. */
  readonly uuid: string;
  /** Its name in the Assigned Numbers, such as `'Heart Rate'`; absent where it is the maker's own. */
  readonly name?: string | undefined;
  /** What it holds, in the order of the device. */
  readonly characteristics: readonly InspectedCharacteristic[];
}

/** How to inspect a device. */
export interface InspectOptions {
  /** How long to look for the device, milliseconds. Default 30,000. */
  readonly timeout?: number;
}

/** How long a device may take to say all it has, milliseconds: some have dozens of characteristics. */
const DISCOVERY_TIMEOUT = 20_000;

/**
 * What a device has, whether it is a heart-rate sensor or not. Connects, asks, and closes the link.
 *
 * @param central - The Bluetooth transport.
 * @param id - The id that {@link scan} shows.
 * @param options - How long to look for it.
 * @returns All its services with their characteristics, once; unsubscribing gives it up. Errors with a
 *   {@link SensorNotFoundError}, {@link SensorNotConnectableError}, {@link SensorDisconnectedError},
 *   {@link SensorTimeoutError}, {@link GattOperationError} or {@link BluetoothUnavailableError}.
 * @throws {@link InvalidArgumentError} where an option is out of its range.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from 'rxjs';
 * import { inspect, scan } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const central = simulatedCentral();
 * const { id } = await firstValueFrom(scan(central));
 * const [service] = await firstValueFrom(inspect(central, id));
 * service?.name; // => 'Heart Rate'
 * service?.characteristics[0];
 * // => { uuid: '2a37', name: 'Heart Rate Measurement', properties: ['notify'] }
 * ```
 */
export function inspect(
  central: Central,
  id: string,
  { timeout = 30_000 }: InspectOptions = {},
): Observable<readonly InspectedService[]> {
  if (id === '') throw new InvalidArgumentError('id must not be empty.');
  checkTime('timeout', timeout);
  return sensorFinder(central, { id }, timeout).pipe(
    switchMap(() => openLink(central, id)),
    switchMap((connection) =>
      inTime(connection.services(), 'what it has', DISCOVERY_TIMEOUT).pipe(throwIfEmpty(noAnswer)),
    ),
    take(1),
    switchMap(async (services) => {
      // Hundreds of names, which nobody else is to carry along.
      const { characteristicName, serviceName } = await import('../profile/assigned-names.js');
      return services.map(({ uuid, characteristics }) => ({
        uuid,
        name: serviceName(uuid),
        characteristics: characteristics.map((found) => ({ ...found, name: characteristicName(found.uuid) })),
      }));
    }),
  );
}
