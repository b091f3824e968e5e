import { defer, NEVER, startWith, switchMap } from 'rxjs';
import { uuids } from '../profile/index.js';
import { type Central, SensorNotFoundError } from '../sensor/index.js';
import type { WebBluetooth, WebBluetoothDevice, WebBluetoothFilter } from './bluetooth.js';
import { choose } from './choose.js';
import { link } from './link.js';

/** Which devices may be chosen, and from where. */
export interface WebBluetoothCentralOptions {
  /**
   * What the devices to choose from look like; each has to fit one of these. Default: they advertise the Heart Rate
   * Service. A watch that advertises its name alone needs `[{ namePrefix: 'Forerunner' }]` or the like.
   */
  readonly filters?: readonly WebBluetoothFilter[];
  /** The Web Bluetooth to use. Default: `navigator.bluetooth`. */
  readonly bluetooth?: WebBluetooth;
}

const browser = globalThis as { readonly navigator?: { readonly bluetooth?: WebBluetooth } };

/**
 * Bluetooth in a web page. The first scan lets the user choose a sensor, for which browsers want it to begin in a
 * click or the like. That sensor is remembered: later scans, as after a lost link, show it at once and ask nobody. To
 * let the user choose again, make a new central.
 *
 * @param options - Which devices may be chosen, and from where.
 * @returns The central. Its scan errors with a `BluetoothUnavailableError` that says what to do where the browser has
 *   no Web Bluetooth or no adapter, or does not let the page use it (code `BLUETOOTH_UNAUTHORIZED`), and with a
 *   `SensorNotFoundError` where the user chose none. Browsers keep serial numbers to themselves, so a serial number
 *   counts as a characteristic that the device does not have.
 *
 * @see Web Bluetooth, sections 4 and 5: https://webbluetoothcg.github.io/web-bluetooth/
 *
 * @example
 * ```ts no-run
 * import { heartRate } from 'liveheartrate';
 * import { webBluetoothCentral } from 'liveheartrate/web-bluetooth';
 *
 * export function onClick() {
 *   heartRate(webBluetoothCentral()).subscribe((sample) => console.log(sample.heartRate));
 * }
 * ```
 */
export function webBluetoothCentral(options: WebBluetoothCentralOptions = {}): Central {
  let chosen: Promise<WebBluetoothDevice> | undefined;
  let shown: WebBluetoothDevice | undefined;

  const scan = defer(() => {
    // All who listen while the user is choosing wait for the one choice.
    chosen ??= choose(options.bluetooth ?? browser.navigator?.bluetooth, options.filters).catch(
      (error: unknown) => {
        chosen = undefined;
        throw error;
      },
    );
    return chosen;
  }).pipe(
    switchMap((device) => {
      shown = device;
      const { id, name } = device;
      return NEVER.pipe(startWith({ id, name, services: [uuids.heartRate] }));
    }),
  );

  return {
    chooser: true,
    scan: () => scan,
    connect: (id) =>
      defer(() => {
        if (shown?.id !== id) throw new SensorNotFoundError('No scan has shown a device with this id yet.');
        return link(shown);
      }),
  };
}
