import { defer, EMPTY, type Observable, of, Subject, throwError } from 'rxjs';
import { uuids } from '../profile/index.js';
import { type Connection, SensorDisconnectedError } from '../sensor/index.js';
import { checkAllowed, services } from './gatt.js';

/** What is at the other end of a link. Nothing is asked of it that {@link services} does not allow. */
export interface Peripheral {
  read(characteristic: string): Uint8Array;
  /** Takes a value written to its control point, or throws. */
  write(value: Uint8Array): void;
  /** Hands values on, and sends them as long as somebody listens. */
  notifying(values: Subject<Uint8Array>): Observable<Uint8Array>;
}

/** An open link to a simulated sensor. */
export class Link implements Connection {
  /** Errors when the link is lost. */
  readonly lost = new Subject<never>();
  /** Notified values. */
  readonly measurements = new Subject<Uint8Array>();
  readonly batteryLevels = new Subject<Uint8Array>();
  readonly #peripheral: Peripheral;
  #ended = false;

  constructor(peripheral: Peripheral) {
    this.#peripheral = peripheral;
  }

  /** Whether any notifications are on. */
  get notifies(): boolean {
    return this.measurements.observed || this.batteryLevels.observed;
  }

  /** Ends it for everybody: who holds the link is told first, and may have enough then. */
  end(reason: Error): void {
    this.#ended = true;
    for (const told of [this.lost, this.measurements, this.batteryLevels]) told.error(reason);
  }

  services() {
    return this.#whileOpen(() => of(services));
  }

  read(service: string, characteristic: string) {
    return this.#whileOpen(() => {
      checkAllowed(service, characteristic, 'read');
      return of(this.#peripheral.read(characteristic));
    });
  }

  write(service: string, characteristic: string, value: Uint8Array): Observable<never> {
    return this.#whileOpen(() => {
      checkAllowed(service, characteristic, 'write');
      this.#peripheral.write(value);
      return EMPTY;
    });
  }

  notifications(service: string, characteristic: string) {
    return this.#whileOpen(() => {
      checkAllowed(service, characteristic, 'notify');
      const values = characteristic === uuids.batteryLevel ? this.batteryLevels : this.measurements;
      return this.#peripheral.notifying(values);
    });
  }

  #whileOpen<Value>(operation: () => Observable<Value>): Observable<Value> {
    return defer(() =>
      this.#ended
        ? throwError(() => new SensorDisconnectedError('The link to the simulated sensor has ended.'))
        : operation(),
    );
  }
}
