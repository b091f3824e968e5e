import type { CharacteristicProperty } from '../sensor/index.js';

/** What is used of `navigator.bluetooth`. */
export interface WebBluetooth {
  /**
   * Lets the user choose a device.
   *
   * @param request - Which ones may be chosen.
   * @returns The chosen one; rejects where none was chosen.
   */
  requestDevice(request: WebBluetoothRequest): Promise<WebBluetoothDevice>;
  /**
   * Whether there is an adapter.
   *
   * @returns `true` where there is one that the page may use.
   */
  getAvailability(): Promise<boolean>;
}

/** Which devices the user may choose from; a device has to fit all that a filter says. */
export interface WebBluetoothFilter {
  /** Services that it advertises: numbers of 16 bits, or UUIDs in full. Default: whichever. */
  readonly services?: (number | string)[];
  /** Its whole name. Default: whichever. */
  readonly name?: string;
  /** How its name begins. Default: however. */
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
  /**
   * Listens.
   *
   * @param event - Its name.
   * @param listener - Called each time.
   */
  addEventListener(event: string, listener: () => void): void;
  /**
   * Listens no more.
   *
   * @param event - Its name.
   * @param listener - The one that listened.
   */
  removeEventListener(event: string, listener: () => void): void;
}

/** A device that the user has chosen; it tells `gattserverdisconnected`. */
export interface WebBluetoothDevice extends WebBluetoothEvents {
  /** What the browser calls it on this site. */
  readonly id: string;
  /** Its name, where it has one. */
  readonly name?: string | undefined;
  /** What it offers; absent where the page may not be connected to it. */
  readonly gatt?: WebBluetoothServer | undefined;
}

/** The link to a device. */
export interface WebBluetoothServer {
  /** Whether it is open. */
  readonly connected: boolean;
  /**
   * Opens it.
   *
   * @returns A promise that resolves when it is open.
   */
  connect(): Promise<unknown>;
  /** Closes it. */
  disconnect(): void;
  /**
   * Finds one service.
   *
   * @param service - A number of 16 bits, or a UUID in full.
   * @returns The service; rejects where there is none.
   */
  getPrimaryService(service: number | string): Promise<WebBluetoothService>;
  /**
   * Finds all services that the page may use.
   *
   * @returns The services; rejects where there is none.
   */
  getPrimaryServices(): Promise<WebBluetoothService[]>;
}

/** A service of a connected device. */
export interface WebBluetoothService {
  /** Its UUID in full. */
  readonly uuid: string;
  /**
   * Finds one characteristic.
   *
   * @param characteristic - A number of 16 bits, or a UUID in full.
   * @returns The characteristic; rejects where there is none.
   */
  getCharacteristic(characteristic: number | string): Promise<WebBluetoothCharacteristic>;
  /**
   * Finds all characteristics.
   *
   * @returns The characteristics; rejects where there is none.
   */
  getCharacteristics(): Promise<WebBluetoothCharacteristic[]>;
}

/** A characteristic of a connected device; it tells `characteristicvaluechanged`. */
export interface WebBluetoothCharacteristic extends WebBluetoothEvents {
  /** Its UUID in full. */
  readonly uuid: string;
  /** What may be done with it, by name. */
  readonly properties: Readonly<Partial<Record<CharacteristicProperty, boolean>>>;
  /** The last value that was read or notified; absent before the first. */
  readonly value?: DataView | undefined;
  /**
   * Reads its value.
   *
   * @returns The value.
   */
  readValue(): Promise<DataView>;
  /**
   * Writes its value, and waits for the acknowledgement.
   *
   * @param value - The bytes.
   */
  writeValueWithResponse(value: ArrayBuffer): Promise<void>;
  /**
   * Switches notifications on.
   *
   * @returns A promise that resolves when they are on.
   */
  startNotifications(): Promise<unknown>;
  /**
   * Switches them off.
   *
   * @returns A promise that resolves when they are off.
   */
  stopNotifications(): Promise<unknown>;
}
