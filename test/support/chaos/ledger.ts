import { encodeHeartRateMeasurement } from '../../../src/profile/index.ts';
import type { HeartRateSample } from '../../../src/sample/index.ts';
import type { Heard } from '../strap/protocol.ts';

type Excuse = 'the link was being closed' | 'the adapter was taken out';

/** Which packets need not have arrived. */
interface Excused {
  readonly why: Excuse;
  /** Of those that were sent, the first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Since when they have been heard, epoch milliseconds. */
  readonly since: number;
}

/**
 * Keeps the books of what was sent and what has arrived. What has reached the adapter must arrive, with one exception:
 * what is on its way while this side is closing a link, or loses its adapter. Only what had not arrived when that
 * began, was sent before it was over, and was not heard before it began, is excused.
 */
export class Ledger {
  /** Everything that has arrived, decoded or reported as malformed, in order. */
  readonly arrived: string[] = [];
  readonly samples: HeartRateSample[] = [];
  readonly #sent: readonly string[];
  readonly #transit: number;
  readonly #excused: Excused[] = [];
  #closing: Omit<Excused, 'to'> | undefined;

  /** @param transit - How long a packet may be on its way from the adapter to here, milliseconds. */
  constructor(sent: readonly string[], transit: number) {
    this.#sent = sent;
    this.#transit = transit;
  }

  sample(sample: HeartRateSample): void {
    this.samples.push(sample);
    // Encoded again, so that every value of the sample counts.
    this.arrived.push(Buffer.from(encodeHeartRateMeasurement(sample)).toString('hex'));
  }

  malformed({ hex }: { readonly hex: string }): void {
    this.arrived.push(hex);
  }

  /** This side begins to close the link. */
  closing(): void {
    this.#closing ??= this.#begins('the link was being closed');
  }

  /** The strap knows that the link is closed. */
  closed(): void {
    if (this.#closing) this.#excused.push({ ...this.#closing, to: this.#sent.length });
    this.#closing = undefined;
  }

  /** The adapter is taken out, with what is in it. */
  unplugged(): void {
    this.#excused.push({ ...this.#begins('the adapter was taken out'), to: this.#sent.length });
  }

  /** What has arrived of all that was sent up to the last one heard. */
  arrivedOf(heard: readonly Heard[]): string[] {
    const last = this.#sent.lastIndexOf(heard.at(-1)?.hex ?? '');
    return this.arrived.filter((packet) => this.#sent.indexOf(packet) <= last);
  }

  /** What must have arrived of what the adapter has heard. */
  due(heard: readonly Heard[]): string[] {
    const missing = new Map(this.missing(heard));
    return heard.filter((packet) => missing.get(packet) === undefined).map(({ hex }) => hex);
  }

  /** What the adapter has heard, but has not arrived, and what excuses that. */
  missing(heard: readonly Heard[]): [Heard, Excuse | undefined][] {
    const arrived = new Set(this.arrived);
    return heard.filter(({ hex }) => !arrived.has(hex)).map((packet) => [packet, this.#excuse(packet)]);
  }

  #begins(why: Excuse): Omit<Excused, 'to'> {
    const from = this.#sent.lastIndexOf(this.arrived.at(-1) ?? '') + 1;
    return { why, from, since: Date.now() - this.#transit };
  }

  #excuse({ hex, at }: Heard): Excuse | undefined {
    const number = this.#sent.indexOf(hex);
    return this.#excused.find(({ from, to, since }) => number >= from && number < to && at >= since)?.why;
  }
}
