/**
 * Bluetooth in web pages. Needs a browser built on Chromium, and a page from https or localhost.
 * @module liveheartrate/web-bluetooth
 */
export type {
  WebBluetooth,
  WebBluetoothCharacteristic,
  WebBluetoothDevice,
  WebBluetoothEvents,
  WebBluetoothFilter,
  WebBluetoothRequest,
  WebBluetoothServer,
  WebBluetoothService,
} from './bluetooth.js';
export { type WebBluetoothCentralOptions, webBluetoothCentral } from './web-bluetooth-central.js';
