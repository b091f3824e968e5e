import type { Observable } from 'rxjs';

/** One advertisement of one device. */
export interface Advertisement {
  /** The id by which {@link Central.connect} finds the device; what it is made of differs per operating system. */
  readonly id: string;
  /** The advertised local name, where there is one. */
  readonly name?: string | undefined;
  /** Strength of the received signal in dBm, nearer to 0 is stronger; absent where the transport does not tell. */
  readonly rssi?: number | undefined;
  /** The advertised service UUIDs as {@link canonicalUuid} writes them. */
  readonly services: readonly string[];
  /** Whether it accepts connections; absent where the transport does not tell. */
  readonly connectable?: boolean | undefined;
}

/** Something that tells the time. */
export interface Clock {
  /**
   * Tells the time.
   *
   * @returns Milliseconds since the epoch, UTC; never less than the time before.
   */
  now(): number;
}

/** What may be done with a characteristic (Core Specification, Vol 3, Part G, section 3.3.1.1). */
export type CharacteristicProperty =
  | 'broadcast'
  | 'read'
  | 'writeWithoutResponse'
  | 'write'
  | 'notify'
  | 'indicate'
  | 'authenticatedSignedWrites'
  | 'extendedProperties';

/** One characteristic of a device. */
export interface GattCharacteristic {
  /** Its UUID as {@link canonicalUuid} writes it. */
  readonly uuid: string;
  /** What may be done with it. */
  readonly properties: readonly CharacteristicProperty[];
}

/** One primary service of a device. */
export interface GattService {
  /** Its UUID as {@link canonicalUuid} writes it. */
  readonly uuid: string;
  /** What it holds, in the order of the device. */
  readonly characteristics: readonly GattCharacteristic[];
}

/**
 * An open link to one device. It lives until its subscription is given up or the device goes. All UUIDs are as
 * {@link canonicalUuid} writes them. Every operation errors with a {@link CharacteristicNotFoundError} where the
 * device has no such characteristic, and with a {@link GattOperationError} where it refuses.
 */
export interface Connection {
  /**
   * Discovers what the device has.
   *
   * @returns All primary services, once.
   */
  services(): Observable<readonly GattService[]>;
  /**
   * Reads a value.
   *
   * @param service - UUID of the service, such as `'180f'`.
   * @param characteristic - UUID of the characteristic, such as `'2a19'`.
   * @returns The value, once.
   */
  read(service: string, characteristic: string): Observable<Uint8Array>;
  /**
   * Writes a value and waits until the device has acknowledged it.
   *
   * @param service - UUID of the service, such as `'180d'`.
   * @param characteristic - UUID of the characteristic, such as `'2a39'`.
   * @param value - The whole value.
   * @returns Completes when the device has taken it; emits nothing.
   */
  write(service: string, characteristic: string, value: Uint8Array): Observable<never>;
  /**
   * The notified values of one characteristic.
   *
   * @param service - UUID of the service, such as `'180d'`.
   * @param characteristic - UUID of the characteristic, such as `'2a37'`.
   * @returns Each value as it arrives. Subscribing turns notifications on, unsubscribing turns them off.
   */
  notifications(service: string, characteristic: string): Observable<Uint8Array>;
}

/**
 * What a Bluetooth transport provides. An implementation need not keep deadlines: whoever subscribes does, and
 * an operation that never settles must only cost itself.
 */
export interface Central {
  /** Time as this transport sees it, where that is not the system's: a simulation runs faster. */
  readonly clock?: Clock;
  /**
   * Set where {@link Central.scan} asks the user to choose a device, as browsers do: then it takes as long as the
   * user does, and shows that one device alone.
   */
  readonly chooser?: boolean;
  /**
   * Listens for advertisements.
   *
   * @returns Every advertisement, a device's each time it is heard. Errors with a
   *   `BluetoothUnavailableError` where there is no usable adapter. Unsubscribing stops the scan.
   */
  scan(): Observable<Advertisement>;
  /**
   * Connects to a device that a scan has shown. Scans go on meanwhile, and other links are not disturbed.
   *
   * @param id - Its {@link Advertisement.id}.
   * @returns The connection, once it is open. Errors with a `SensorDisconnectedError` when the link cannot
   *   be opened or is lost, and with a `SensorNotFoundError` where no scan has shown the id. Unsubscribing
   *   closes the link.
   */
  connect(id: string): Observable<Connection>;
}
