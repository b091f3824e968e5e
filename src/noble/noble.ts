/** What is used of noble, which both of its forks have. */
export interface Noble {
  /** State of the adapter, such as `'poweredOn'`. */
  readonly state: string;
  /**
   * Listens for `stateChange`, `discover`, `scanStart`, `scanStop` and `warning`.
   *
   * @param event - Its name.
   * @param listener - Called with what the event brings.
   * @returns Whatever noble returns; it is not looked at.
   */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Listens no more.
   *
   * @param event - Its name.
   * @param listener - The one that listened.
   * @returns Whatever noble returns; it is not looked at.
   */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Makes everybody listen no more.
   *
   * @param event - Its name.
   * @returns Whatever noble returns; it is not looked at.
   */
  removeAllListeners(event: string): unknown;
  /**
   * Starts the one scan there can be.
   *
   * @param services - UUIDs of which a device has to advertise one; none for any device.
   * @param allowDuplicates - Whether a device is told each time that it is heard.
   */
  startScanningAsync(services: string[], allowDuplicates: boolean): Promise<void>;
  /** Stops it. */
  stopScanningAsync(): Promise<void>;
  /** Lets go of the adapter; only one fork has it. */
  stop?(): void;
}

/** A device that noble has discovered. */
export interface NoblePeripheral {
  /** What the operating system calls it. */
  readonly id: string;
  /** Strength of its signal in dBm. */
  readonly rssi: number;
  /** State of the link, such as `'connected'`. */
  readonly state: string;
  /** Whether it accepts connections; a number with some adapters, absent where noble does not know. */
  readonly connectable?: boolean | number;
  /** What it advertises. */
  readonly advertisement: {
    /** Its name; absent where it tells none. */
    readonly localName?: string;
    /** Its services; absent where it tells none. */
    readonly serviceUuids?: readonly string[];
  };
  /**
   * Listens for `disconnect` and `servicesDiscover`.
   *
   * @param event - Its name.
   * @param listener - Called with what the event brings.
   * @returns Whatever noble returns; it is not looked at.
   */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Listens no more.
   *
   * @param event - Its name.
   * @param listener - The one that listened.
   * @returns Whatever noble returns; it is not looked at.
   */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Opens the link. */
  connectAsync(): Promise<void>;
  /** Gives up opening it. */
  cancelConnect(): void;
  /** Closes it. */
  disconnect(): void;
  /**
   * Finds services; what was found before is then forgotten.
   *
   * @param services - Their UUIDs; none for all.
   */
  discoverServices(services: string[]): void;
}

/** A service of a connected device. */
export interface NobleService {
  /** Its UUID, without dashes. */
  readonly uuid: string;
  /**
   * Listens for `characteristicsDiscover`.
   *
   * @param event - Its name.
   * @param listener - Called with what the event brings.
   * @returns Whatever noble returns; it is not looked at.
   */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Listens no more.
   *
   * @param event - Its name.
   * @param listener - The one that listened.
   * @returns Whatever noble returns; it is not looked at.
   */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Finds characteristics.
   *
   * @param characteristics - Their UUIDs; none for all.
   */
  discoverCharacteristics(characteristics: string[]): void;
}

/** A characteristic of a connected device. */
export interface NobleCharacteristic {
  /** Its UUID, without dashes. */
  readonly uuid: string;
  /** What may be done with it. */
  readonly properties: readonly string[];
  /**
   * Listens for `data`, `write` and `notify`.
   *
   * @param event - Its name.
   * @param listener - Called with what the event brings.
   * @returns Whatever noble returns; it is not looked at.
   */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /**
   * Listens no more.
   *
   * @param event - Its name.
   * @param listener - The one that listened.
   * @returns Whatever noble returns; it is not looked at.
   */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Reads it. */
  read(): void;
  /**
   * Writes it.
   *
   * @param value - The bytes.
   * @param withoutResponse - Whether the device need not acknowledge it.
   */
  write(value: Uint8Array, withoutResponse: boolean): void;
  /** Switches notifications on. */
  subscribe(): void;
  /** Switches them off. */
  unsubscribe(): void;
}
