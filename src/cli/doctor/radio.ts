import { firstValueFrom, type Observable, takeUntil, tap, timer } from 'rxjs';
import { uuids } from '../../profile/index.js';
import { type Advertisement, BluetoothUnavailableError } from '../../sensor/index.js';
import { nameOf } from '../describe.js';
import { untilEnd } from '../endings.js';
import type { Check } from './check.js';

/**
 * Whether the adapter comes up and may be used.
 *
 * @param on$ - Emits once it is on, and errors where it is not.
 */
export async function checkAdapter(on$: Observable<unknown>): Promise<Check> {
  try {
    await firstValueFrom(on$);
    return { name: 'adapter', state: 'ok', found: 'on' };
  } catch (error) {
    if (!(error instanceof BluetoothUnavailableError)) throw error;
    const name = error.code === 'BLUETOOTH_UNAUTHORIZED' ? 'permission' : 'adapter';
    return { name, state: 'failed', found: error.code, remedy: error.message };
  }
}

/** Which heart-rate sensors are heard within so many seconds. */
export async function checkStraps(heard$: Observable<Advertisement>, seconds: number): Promise<Check> {
  const heard = new Map<string, Advertisement>();
  const listening$ = heard$.pipe(
    takeUntil(timer(seconds * 1_000)),
    tap((advertisement) => heard.set(advertisement.id, advertisement)),
  );
  await untilEnd(listening$);
  const sensors = [...heard.values()].filter(({ services }) => services.includes(uuids.heartRate));
  if (sensors.length > 0) {
    const found = sensors.map(({ name, rssi }) => nameOf({ name }) + (rssi ? ` (${rssi} dBm)` : ''));
    return { name: 'straps', state: 'ok', found: found.sort().join(', ') };
  }
  return {
    name: 'straps',
    state: 'failed',
    found: `none in ${seconds} s; other devices: ${heard.size}`,
    remedy:
      'Wear the strap: most are off otherwise. Put a watch into its heart-rate broadcast mode. Disconnect it from the ' +
      'phone: a connected strap is not heard. Some show only in: liveheartrate scan --all',
  };
}
