import { filter, type Observable, retry, tap, timer } from 'rxjs';
import { uuids } from '../profile/index.js';
import type { BackOff } from './back-off.js';
import type { Advertisement, Central } from './central.js';
import { BluetoothUnavailableError } from './errors.js';

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

/** The same, but once something was heard, an adapter that goes is waited for. */
export function persistentScan(
  central: Central,
  options: ScanOptions,
  { attempts, pause }: BackOff,
): Observable<Advertisement> {
  let everHeard = false;
  return scan(central, options).pipe(
    tap(() => {
      everHeard = true;
    }),
    retry({
      delay: (error: unknown, failures) => {
        if (!everHeard || !(error instanceof BluetoothUnavailableError) || failures > attempts) throw error;
        return timer(pause(failures));
      },
      resetOnSuccess: true,
    }),
  );
}
