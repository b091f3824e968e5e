import { filter, type Observable } from 'rxjs';
import { uuids } from '../profile/index.js';
import type { Advertisement, Central } from './central.js';

/** What {@link scan} shows. */
export interface ScanOptions {
  /**
   * Show every device, also those that do not advertise the Heart Rate Service: some straps do not, and some
   * watches do only in broadcast mode. Default `false`.
   */
  readonly all?: boolean;
}

/**
 * Shows the sensors around. It goes on until it is unsubscribed from.
 *
 * @param central - The Bluetooth transport.
 * @param options - What to show.
 * @returns An advertisement each time one is heard, so the same sensor again and again with its present strength.
 *   Errors with a {@link BluetoothUnavailableError} where there is no usable adapter.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from 'rxjs';
 * import { scan } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sensor = await firstValueFrom(scan(simulatedCentral()));
 * sensor.name; // => 'Simulated 1'
 * ```
 */
export function scan(central: Central, options: ScanOptions = {}): Observable<Advertisement> {
  return central
    .scan()
    .pipe(
      filter((advertisement) => options.all === true || advertisement.services.includes(uuids.heartRate)),
    );
}
