import type { Observable } from 'rxjs';

/** One advertisement of one device. */
export interface Advertisement {
  /** The id by which {@link Central.connect} finds the device; what it is made of differs per operating system. */
  readonly id: string;
  /** The advertised local name, where there is one. */
  readonly name?: string | undefined;
  /** Strength of the received signal in dBm: nearer to 0 is stronger. */
  readonly rssi: number;
  /** The advertised service UUIDs, in lower case; 16-bit ones as four digits. */
  readonly services: readonly string[];
}

/** Something that tells the time. */
export interface Clock {
  /** Milliseconds since the epoch, UTC; never less than the time before. */
  now(): number;
}

/** An open link to one device. It lives until its subscription is given up or the device goes. */
export interface Connection {
  /**
   * The notified values of one characteristic.
   *
   * @param service - UUID of the service, such as `'180d'`.
   * @param characteristic - UUID of the characteristic, such as `'2a37'`.
   * @returns Each value as it arrives. Subscribing turns notifications on, unsubscribing turns them off. Errors
   *   with a {@link CharacteristicNotFoundError} where the device has no such characteristic.
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
   * Listens for advertisements.
   *
   * @returns Every advertisement, a device's each time it is heard. Errors with a
   *   {@link BluetoothUnavailableError} where there is no usable adapter. Unsubscribing stops the scan.
   */
  scan(): Observable<Advertisement>;
  /**
   * Connects to a device that a scan has shown.
   *
   * @param id - Its {@link Advertisement.id}.
   * @returns The connection, once it is open. Errors with a {@link SensorDisconnectedError} when the link cannot
   *   be opened or is lost, and with a {@link SensorNotFoundError} where no scan has shown the id. Unsubscribing
   *   closes the link.
   */
  connect(id: string): Observable<Connection>;
}
