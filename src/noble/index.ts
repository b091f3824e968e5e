/**
 * Bluetooth on Linux, macOS and Windows. Needs `@stoprocent/noble` or `@abandonware/noble`, and Node.js.
 * @module liveheartrate/noble
 */
export type { Noble, NobleCharacteristic, NoblePeripheral, NobleService } from './noble.js';
export { type NobleCentralOptions, nobleCentral } from './noble-central.js';
