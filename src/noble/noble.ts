/** What is used of noble, which both of its forks have. */
export interface Noble {
  /** State of the adapter, such as `'poweredOn'`. */
  readonly state: string;
  on(event: string, listener: (...values: never[]) => void): unknown;
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  startScanningAsync(services: string[], allowDuplicates: boolean): Promise<void>;
  stopScanningAsync(): Promise<void>;
  /** Lets go of the adapter; only one fork has it. */
  stop?(): void;
}

/** A device that noble has discovered. */
export interface NoblePeripheral {
  readonly id: string;
  readonly rssi: number;
  readonly state: string;
  readonly advertisement: { readonly localName?: string; readonly serviceUuids?: readonly string[] };
  once(event: 'disconnect', listener: () => void): unknown;
  removeListener(event: 'disconnect', listener: () => void): unknown;
  connectAsync(): Promise<void>;
  cancelConnect(): void;
  disconnect(): void;
  discoverSomeServicesAndCharacteristicsAsync(
    services: string[],
    characteristics: string[],
  ): Promise<{ characteristics: NobleCharacteristic[] }>;
}

/** A characteristic of a connected device. */
export interface NobleCharacteristic {
  on(event: 'data', listener: (value: Uint8Array) => void): unknown;
  removeListener(event: 'data', listener: (value: Uint8Array) => void): unknown;
  subscribeAsync(): Promise<void>;
  unsubscribeAsync(): Promise<void>;
}
