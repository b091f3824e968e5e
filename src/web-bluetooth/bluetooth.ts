import type { CharacteristicProperty } from '../sensor/index.js';

/** What is used of `navigator.bluetooth`. */
export interface WebBluetooth {
  /** Lets the user choose a device. */
  requestDevice(request: WebBluetoothRequest): Promise<WebBluetoothDevice>;
  /** Whether there is an adapter. */
  getAvailability(): Promise<boolean>;
}

/** Which devices the user may choose from; a device has to fit all that a filter says. */
export interface WebBluetoothFilter {
  /** Services that it advertises: numbers of 16 bits, or UUIDs in full. */
  readonly services?: (number | string)[];
  /** Its whole name. */
  readonly name?: string;
  /** How its name begins. */
  readonly namePrefix?: string;
}

/** What the user is asked for. */
export interface WebBluetoothRequest {
  /** The devices to choose from fit one of these. */
  readonly filters: WebBluetoothFilter[];
  /** The services that the page may use beside those of the filters. */
  readonly optionalServices: (number | string)[];
}

/** What tells of its changes. */
export interface WebBluetoothEvents {
  /** Listens. */
  addEventListener(event: string, listener: () => void): void;
  /** Listens no more. */
  removeEventListener(event: string, listener: () => void): void;
}

/** A device that the user has chosen; it tells `gattserverdisconnected`. */
export interface WebBluetoothDevice extends WebBluetoothEvents {
  /** What the browser calls it on this site. */
  readonly id: string;
  /** Its name. */
  readonly name?: string | undefined;
  /** What it offers. */
  readonly gatt?: WebBluetoothServer | undefined;
}

/** The link to a device. */
export interface WebBluetoothServer {
  /** Whether it is open. */
  readonly connected: boolean;
  /** Opens it. */
  connect(): Promise<unknown>;
  /** Closes it. */
  disconnect(): void;
  /** Finds one service. */
  getPrimaryService(service: number | string): Promise<WebBluetoothService>;
  /** Finds all services that the page may use. */
  getPrimaryServices(): Promise<WebBluetoothService[]>;
}

/** A service of a connected device. */
export interface WebBluetoothService {
  /** Its UUID in full. */
  readonly uuid: string;
  /** Finds one characteristic. */
  getCharacteristic(characteristic: number | string): Promise<WebBluetoothCharacteristic>;
  /** Finds all characteristics. */
  getCharacteristics(): Promise<WebBluetoothCharacteristic[]>;
}

/** A characteristic of a connected device; it tells `characteristicvaluechanged`. */
export interface WebBluetoothCharacteristic extends WebBluetoothEvents {
  /** Its UUID in full. */
  readonly uuid: string;
  /** What may be done with it, by name. */
  readonly properties: Readonly<Partial<Record<CharacteristicProperty, boolean>>>;
  /** The last value that was read or notified. */
  readonly value?: DataView | undefined;
  /** Reads its value. */
  readValue(): Promise<DataView>;
  /** Writes its value, and waits for the acknowledgement. */
  writeValueWithResponse(value: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Switches notifications on. */
  startNotifications(): Promise<unknown>;
  /** Switches them off. */
  stopNotifications(): Promise<unknown>;
}
