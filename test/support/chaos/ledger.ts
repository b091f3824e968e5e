import { encodeHeartRateMeasurement } from '../../../src/profile/index.ts';
import type { HeartRateSample } from '../../../src/sample/index.ts';

/** A stretch of what was sent: from this one on, up to but not including that one. */
interface Stretch {
  readonly why: Excuse;
  readonly from: number;
  readonly to: number;
}

type Excuse = 'the link was being closed' | 'the adapter was taken out';

/**
 * Keeps the books of what was sent and what has arrived. What has reached the adapter must arrive, with one exception:
 * what is on its way while this side is closing a link, or loses its adapter. Only what had not arrived when that
 * began, and was sent before it was over, is excused.
 */
export class Ledger {
  /** Everything that has arrived, decoded or reported as malformed, in order. */
  readonly arrived: string[] = [];
  readonly samples: HeartRateSample[] = [];
  readonly #sent: readonly string[];
  readonly #excused: Stretch[] = [];
  #closingFrom: number | undefined;

  constructor(sent: readonly string[]) {
    this.#sent = sent;
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
    this.#closingFrom ??= this.#next();
  }

  /** The strap knows that the link is closed. */
  closed(): void {
    if (this.#closingFrom !== undefined)
      this.#excused.push({
        why: 'the link was being closed',
        from: this.#closingFrom,
        to: this.#sent.length,
      });
    this.#closingFrom = undefined;
  }

  /** The adapter is taken out, with what is in it. */
  unplugged(): void {
    this.#excused.push({ why: 'the adapter was taken out', from: this.#next(), to: this.#sent.length });
  }

  /** What has arrived of all that was sent up to the last one heard. */
  arrivedOf(heard: readonly string[]): string[] {
    const last = this.#sent.lastIndexOf(heard.at(-1) ?? '');
    return this.arrived.filter((packet) => this.#sent.indexOf(packet) <= last);
  }

  /** What must have arrived of what the adapter has heard. */
  due(heard: readonly string[]): string[] {
    const arrived = new Set(this.arrived);
    return heard.filter((packet) => arrived.has(packet) || this.#excuse(packet) === undefined);
  }

  /** In numbers, for people. */
  summary(heard: readonly string[]): string {
    const arrived = new Set(this.arrived);
    const missing = heard
      .filter((packet) => !arrived.has(packet))
      .map((packet) => this.#excuse(packet) ?? 'nothing');
    const excuses = missing.length > 0 ? ` (${missing.join(', ')})` : '';
    return (
      `Of ${this.#sent.length} packets ${heard.length} were heard and ${this.arrivedOf(heard).length} of them arrived, ` +
      `decoded but for ${this.arrived.length - this.samples.length}; ${missing.length} are missing${excuses}.`
    );
  }

  #next(): number {
    return this.#sent.lastIndexOf(this.arrived.at(-1) ?? '') + 1;
  }

  #excuse(packet: string): Excuse | undefined {
    const number = this.#sent.indexOf(packet);
    return this.#excused.find(({ from, to }) => number >= from && number < to)?.why;
  }
}
