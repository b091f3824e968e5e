/** What is used of noble, which both of its forks have. */
export interface Noble {
  /** State of the adapter, such as `'poweredOn'`. */
  readonly state: string;
  /** Listens for `stateChange`, `discover`, `scanStart`, `scanStop` and `warning`. */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /** Listens no more. */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Makes everybody listen no more. */
  removeAllListeners(event: string): unknown;
  /** Starts the one scan there can be. */
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
  /** Whether it accepts connections; a number with some adapters. */
  readonly connectable?: boolean | number;
  /** What it advertises. */
  readonly advertisement: {
    /** Its name. */
    readonly localName?: string;
    /** Its services. */
    readonly serviceUuids?: readonly string[];
  };
  /** Listens for `disconnect` and `servicesDiscover`. */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /** Listens no more. */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Opens the link. */
  connectAsync(): Promise<void>;
  /** Gives up opening it. */
  cancelConnect(): void;
  /** Closes it. */
  disconnect(): void;
  /** Finds services, all where none is named; what was found before is then forgotten. */
  discoverServices(services: string[]): void;
}

/** A service of a connected device. */
export interface NobleService {
  /** Its UUID, without dashes. */
  readonly uuid: string;
  /** Listens for `characteristicsDiscover`. */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /** Listens no more. */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Finds characteristics, all where none is named. */
  discoverCharacteristics(characteristics: string[]): void;
}

/** A characteristic of a connected device. */
export interface NobleCharacteristic {
  /** Its UUID, without dashes. */
  readonly uuid: string;
  /** What may be done with it. */
  readonly properties: readonly string[];
  /** Listens for `data`, `write` and `notify`. */
  on(event: string, listener: (...values: never[]) => void): unknown;
  /** Listens no more. */
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  /** Reads it. */
  read(): void;
  /** Writes it. */
  write(value: Uint8Array, withoutResponse: boolean): void;
  /** Switches notifications on. */
  subscribe(): void;
  /** Switches them off. */
  unsubscribe(): void;
}
