import { encodeHeartRateMeasurement } from '../../../src/profile/index.ts';
import type { VirtualStrap } from '../strap/virtual-strap.ts';

/** Milliseconds between two packets: many a second, so that some are on their way at every fault. */
const INTERVAL = 10;

/** What a strap sends: no packet is like another, so that one that is lost, late or doubled shows. */
export class Pulse {
  /** All that was sent, in order. */
  readonly sent: string[] = [];
  readonly #strap: VirtualStrap;
  readonly #timer = setInterval(() => this.#beat(), INTERVAL);
  #quietUntil = 0;
  #rubbishUntil = 0;

  constructor(strap: VirtualStrap) {
    this.#strap = strap;
  }

  /** Sends nothing for so many milliseconds. */
  silence(ms: number): void {
    this.#quietUntil = performance.now() + ms;
  }

  /** Sends nothing that can be decoded for so many milliseconds. */
  rubbish(ms: number): void {
    this.#rubbishUntil = performance.now() + ms;
  }

  /** Sends packets that cannot be decoded, at once. */
  garbage(count: number): void {
    for (let left = count; left > 0; left--) this.#send(undecodable(this.sent.length));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const now = performance.now();
    if (now < this.#quietUntil) return;
    const make = now < this.#rubbishUntil ? undecodable : measurement;
    this.#send(make(this.sent.length));
  }

  #send(packet: Uint8Array): void {
    const hex = Buffer.from(packet).toString('hex');
    this.sent.push(hex);
    this.#strap.notify(hex);
  }
}

/** A measurement that holds its number twice; now and then one of the wide form. */
function measurement(number: number): Uint8Array {
  return encodeHeartRateMeasurement({
    heartRate: number % 7 === 0 ? 300 : 40 + (number % 180),
    sensorContact: true,
    energyExpended: number,
    rrIntervals: Array.from({ length: number % 4 }, (_, at) => (1_000 / 1_024) * (number + at)),
  });
}

const WIDE_WITH_ENERGY = 0x09;
const WITH_ENERGY = 0x08;

/** Its flags promise more than there is; the number makes it unlike all others. */
function undecodable(number: number): Uint8Array {
  const bytes = [number & 0xff, number >> 8];
  return Uint8Array.from(number % 2 === 0 ? [WITH_ENERGY, ...bytes] : [WIDE_WITH_ENERGY, ...bytes, 0]);
}
