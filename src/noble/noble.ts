/** What is used of noble, which both of its forks have. */
export interface Noble {
  /** State of the adapter, such as `'poweredOn'`. */
  readonly state: string;
  /** Listens for `stateChange`, `discover` and `warning`. */
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
  /** What it advertises. */
  readonly advertisement: {
    /** Its name. */
    readonly localName?: string;
    /** Its services. */
    readonly serviceUuids?: readonly string[];
  };
  /** Listens for the end of the link. */
  once(event: 'connect' | 'disconnect', listener: (error?: unknown) => void): unknown;
  /** Listens no more. */
  removeListener(event: 'connect' | 'disconnect', listener: (error?: unknown) => void): unknown;
  /** Opens the link. */
  connectAsync(): Promise<void>;
  /** Gives up opening it. */
  cancelConnect(): void;
  /** Closes it. */
  disconnect(): void;
  /** Finds characteristics by their UUIDs; rejects where there is no such service. */
  discoverSomeServicesAndCharacteristicsAsync(
    services: string[],
    characteristics: string[],
  ): Promise<{
    /** Those that were found. */
    characteristics: NobleCharacteristic[];
  }>;
}

/** A characteristic of a connected device. */
export interface NobleCharacteristic {
  /** Listens for values. */
  on(event: 'data', listener: (value: Uint8Array) => void): unknown;
  /** Listens no more. */
  removeListener(event: 'data', listener: (value: Uint8Array) => void): unknown;
  /** Switches notifications on. */
  subscribeAsync(): Promise<void>;
  /** Switches them off. */
  unsubscribeAsync(): Promise<void>;
}
