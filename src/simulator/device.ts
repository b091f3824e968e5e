import { Observable, type Subject } from 'rxjs';
import { encodeBodySensorLocation, uuids } from '../profile/index.js';
import {
  type Advertisement,
  type Connection,
  GattOperationError,
  SensorDisconnectedError,
} from '../sensor/index.js';
import { Battery } from './battery.js';
import { Faults } from './faults.js';
import { informationOf } from './gatt.js';
import { Link, type Peripheral } from './link.js';
import { seededRandom } from './random.js';
import type { SimulatedSensor } from './simulated-sensor.js';
import { PERIOD, type Pulse, type SimulatedTime } from './simulated-time.js';
import { Strap } from './strap.js';
import type { Phase } from './workout.js';

/** Strength of the first sensor and of the weakest in dBm, and how much weaker each is than the one before. */
const STRONGEST = -40;
const WEAKEST = -95;
const WEAKER = 3;
/** Spreads packets over the second, as even for many as for few: the golden ratio. */
const SPREAD = 0.618_033_988_749_895;
/** The longest time without notifications that a heart makes up for, seconds. All it remembers is younger. */
const CATCH_UP = 3_600;
/** What resets energy expended (Heart Rate Service 1.0, section 3.3). */
const RESET_ENERGY = 0x01;

/** A simulated strap as seen over the air. */
export class Device implements SimulatedSensor, Peripheral, Pulse {
  readonly name: string;
  readonly offset: number;
  due = 0;
  readonly #number: number;
  readonly #time: SimulatedTime;
  readonly #strap: Strap;
  readonly #faults: Faults;
  readonly #battery: Battery;
  readonly #formerIds = new Set<string>();
  #advertisement: Advertisement;
  #advertising = true;
  #link: Link | undefined;
  /** How many seconds the heart has been through. */
  #seconds = 0;

  constructor(number: number, phases: readonly Phase[], random: () => number, time: SimulatedTime) {
    const seed = () => random() * 2 ** 32;
    // Two sources: what befalls the strap changes no beat.
    const [beats, chance] = [seededRandom(seed()), seededRandom(seed())];
    this.#number = number;
    this.#time = time;
    this.#strap = new Strap(phases, beats, chance);
    this.#faults = new Faults(chance);
    this.#battery = new Battery(chance);
    this.offset = Math.floor(PERIOD * (((number - 1) * SPREAD) % 1));
    this.name = `Simulated ${number}`;
    this.#advertisement = {
      id: `simulated-${number}`,
      name: this.name,
      rssi: Math.max(STRONGEST - WEAKER * (number - 1), WEAKEST),
      services: [uuids.heartRate],
    };
  }

  get id(): string {
    return this.#advertisement.id;
  }
  get connected(): boolean {
    return this.#link !== undefined;
  }
  get phase(): string {
    return this.#strap.phase.name;
  }

  disconnect(): void {
    this.lose(new SensorDisconnectedError('The link to the simulated sensor was lost.'));
  }
  silence(milliseconds = Number.POSITIVE_INFINITY): void {
    this.#faults.silence(this.#time.elapsed(), milliseconds);
  }
  delay(milliseconds: number): void {
    this.#faults.delay(this.#time.elapsed(), milliseconds);
  }
  resume(): void {
    this.#faults.resume();
  }
  garbage(packets: number, bytes?: number): void {
    this.#faults.garbage(packets, bytes);
  }
  takeOff(): void {
    this.#strap.wear(false);
  }
  putOn(): void {
    this.#strap.wear(true);
  }
  stopAdvertising(): void {
    this.#advertising = false;
  }
  startAdvertising(): void {
    this.#advertising = true;
  }
  changeAddress(): void {
    this.#formerIds.add(this.id);
    const id = `simulated-${this.#number}-${this.#formerIds.size + 1}`;
    this.#advertisement = { ...this.#advertisement, id };
  }

  /** What it advertises now, if it does: a connected sensor is not heard. */
  heard(): Advertisement | undefined {
    return this.#advertising && this.#link === undefined ? this.#advertisement : undefined;
  }

  /** Whether it has advertised this id at any time. */
  hasBeen(id: string): boolean {
    return this.id === id || this.#formerIds.has(id);
  }

  /** Opens a link, until it is lost or unsubscribed from. */
  connect(id: string): Observable<Connection> {
    return new Observable((subscriber) => {
      if (this.heard()?.id !== id)
        throw new SensorDisconnectedError(
          this.connected
            ? 'The simulated sensor is connected already.'
            : 'The simulated sensor does not answer: it does not advertise this id now.',
        );
      const link = new Link(this);
      this.#link = link;
      link.lost.subscribe(subscriber);
      subscriber.add(() => {
        if (this.#link === link) this.lose(new SensorDisconnectedError('The link was given up.'));
      });
      subscriber.next(link);
    });
  }

  /** Ends the link, if there is one. */
  lose(reason: Error): void {
    const link = this.#link;
    this.#link = undefined;
    this.#faults.drop();
    link?.end(reason);
  }

  read(characteristic: string): Uint8Array {
    if (characteristic === uuids.bodySensorLocation) return encodeBodySensorLocation('chest');
    if (characteristic === uuids.batteryLevel)
      return Uint8Array.of(this.#battery.level(this.#time.elapsed()));
    return informationOf(characteristic, this.#number);
  }

  /** To the control point, which alone can be written to. */
  write(value: Uint8Array): void {
    if (value.length !== 1 || value[0] !== RESET_ENERGY)
      throw new GattOperationError('The control point takes one byte, 0x01, which resets energy expended.');
    this.#strap.resetEnergy();
  }

  /** The values of a link, during which the heart is listened to. */
  notifying(values: Subject<Uint8Array>): Observable<Uint8Array> {
    return new Observable((subscriber) => {
      if (!this.#link?.notifies) this.#time.add(this);
      values.subscribe(subscriber);
      subscriber.add(() => {
        if (!this.#link?.notifies) this.#time.remove(this);
      });
    });
  }

  pulse(): void {
    const now = this.#time.elapsed();
    const seconds = Math.ceil(now / PERIOD) - 1;
    this.#seconds = Math.max(this.#seconds, seconds - CATCH_UP);
    for (; this.#seconds < seconds; this.#seconds++) this.#strap.advance();
    this.#seconds++;

    if (this.#link?.measurements.observed) this.#faults.pass(this.#strap.measure(), now, this.#deliver);
    else this.#strap.advance();
    if (!this.#link?.batteryLevels.observed) return;
    const level = this.#battery.news(now);
    if (level !== undefined) this.#link.batteryLevels.next(Uint8Array.of(level));
  }

  readonly #deliver = (packet: Uint8Array): void => this.#link?.measurements.next(packet);
}
