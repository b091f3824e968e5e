import { InvalidArgumentError } from '../errors.js';
import { uuids } from '../profile/index.js';
import { BluetoothUnavailableError, SensorNotFoundError } from '../sensor/index.js';
import type { WebBluetooth, WebBluetoothDevice, WebBluetoothFilter } from './bluetooth.js';
import { platformUuid } from './platform-uuid.js';

const heartRate = platformUuid(uuids.heartRate);

/** Lets the user choose a device. The browser is asked before this returns: a click allows it only so long. */
export async function choose(
  bluetooth: WebBluetooth | undefined,
  filters: readonly WebBluetoothFilter[] = [{ services: [heartRate] }],
): Promise<WebBluetoothDevice> {
  if (bluetooth === undefined)
    throw new BluetoothUnavailableError(
      'There is no Web Bluetooth here: use a browser built on Chromium, and a page from https or localhost.',
    );
  try {
    return await bluetooth.requestDevice({
      filters: [...filters],
      optionalServices: [heartRate, platformUuid(uuids.battery), platformUuid(uuids.deviceInformation)],
    });
  } catch (cause) {
    throw await reasonOf(cause, bluetooth);
  }
}

async function reasonOf(cause: unknown, bluetooth: WebBluetooth): Promise<Error> {
  const { name, message } = cause as Error;
  if (name === 'TypeError') return new InvalidArgumentError(`The browser refuses the filters: ${message}`);
  if (name === 'SecurityError' || name === 'NotAllowedError')
    return new BluetoothUnavailableError(
      'The page may not use Bluetooth: subscribe in a click, and allow "bluetooth" to the frame it is in.',
      { code: 'BLUETOOTH_UNAUTHORIZED', cause },
    );
  // Browsers say the same where nothing was chosen and where there is nothing to choose with.
  if (name === 'NotFoundError' && (await bluetooth.getAvailability().catch(() => false)))
    return new SensorNotFoundError('No sensor was chosen. Is it worn, and a watch in its broadcast mode?');
  return new BluetoothUnavailableError(
    'The browser has no Bluetooth adapter that it may use: switch it on, and allow it to the browser.',
    { cause },
  );
}
