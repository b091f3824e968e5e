import { checkRange, checkWhole } from './check-range.js';

/** The longest that packets may be kept back, milliseconds: a day of them. */
const LONGEST_DELAY = 86_400_000;
/** What an attribute may hold (Core Specification, Vol 3, Part F, section 3.2.9). */
const LONGEST_VALUE = 512;
/** Flags that promise a wide rate and energy, and the bytes that would take. */
const PROMISES = 0b0000_1001;
const PROMISED = 5;

/** What goes wrong between the packets of a sensor and whoever receives them. */
export class Faults {
  readonly #chance: () => number;
  /** Until when, simulated milliseconds since the start. */
  #silentUntil = 0;
  #delayedUntil = 0;
  readonly #delayed: Uint8Array[] = [];
  #garbage = 0;
  #garbageLength: number | undefined;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  silence(now: number, milliseconds: number): void {
    checkRange('milliseconds', milliseconds, 1, Number.POSITIVE_INFINITY);
    this.#silentUntil = now + milliseconds;
  }

  delay(now: number, milliseconds: number): void {
    checkRange('milliseconds', milliseconds, 1, LONGEST_DELAY);
    this.#delayedUntil = now + milliseconds;
  }

  resume(): void {
    this.#silentUntil = 0;
    this.#delayedUntil = 0;
  }

  garbage(packets: number, bytes: number | undefined): void {
    checkWhole('packets', packets, 1, Number.MAX_SAFE_INTEGER);
    if (bytes !== undefined) checkWhole('bytes', bytes, 0, LONGEST_VALUE);
    this.#garbage = packets;
    this.#garbageLength = bytes;
  }

  /** The link has ended, and what was kept back with it. */
  drop(): void {
    this.#delayed.length = 0;
  }

  /** Hands on what arrives at this time, of this packet and those before it. */
  pass(packet: Uint8Array, now: number, deliver: (packet: Uint8Array) => void): void {
    if (now < this.#silentUntil) return;
    const value = this.#garbage > 0 ? this.#rubbish() : packet;
    if (now < this.#delayedUntil) {
      this.#delayed.push(value);
      return;
    }
    if (this.#delayed.length > 0) for (const late of this.#delayed.splice(0)) deliver(late);
    deliver(value);
  }

  #rubbish(): Uint8Array {
    this.#garbage--;
    const byte = () => Math.floor(this.#chance() * 256);
    const length = this.#garbageLength ?? Math.floor(this.#chance() * PROMISED);
    const bytes = Uint8Array.from({ length }, byte);
    if (this.#garbageLength === undefined && length > 0) bytes[0] = byte() | PROMISES;
    return bytes;
  }
}
