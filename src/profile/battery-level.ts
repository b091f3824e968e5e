import { toDataView } from './bytes.js';
import { MalformedBatteryLevelError } from './malformed.js';

/**
 * Decodes a Battery Level (0x2A19; GATT Specification Supplement, "Battery Level").
 *
 * @param bytes - The whole value as read or notified. Bytes behind the first are ignored.
 * @returns The level in per cent, 0-100.
 * @throws {@link MalformedBatteryLevelError} where the value is empty or more than 100.
 *
 * @example
 * ```ts
 * import { decodeBatteryLevel } from 'liveheartrate';
 *
 * decodeBatteryLevel(new Uint8Array([90])); // => 90
 * ```
 */
export function decodeBatteryLevel(bytes: Uint8Array | DataView): number {
  const view = toDataView(bytes);
  if (view.byteLength === 0) throw new MalformedBatteryLevelError('The battery level is empty.', view);
  const level = view.getUint8(0);
  if (level > 100) throw new MalformedBatteryLevelError(`The battery level is ${level} per cent.`, view);
  return level;
}
