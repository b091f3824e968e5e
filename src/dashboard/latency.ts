import type { LatencyEvent } from './protocol.js';

/** Over so many milliseconds. */
const WINDOW = 60_000;
/** So many samples are under way at most, and so many latencies are kept at most. */
const KEPT = 20_000;

/**
 * How long samples take from their arrival until they are indexed. It is measured here, not by their own times, which are
 * old in a recording, and another's in a simulation.
 */
export class Latency {
  readonly #arrived = new Map<string, number>();
  readonly #latencies: { readonly at: number; readonly value: number }[] = [];
  #dropped = 0;

  /** A sample has arrived. */
  arrived(identity: string, now: number): void {
    this.#arrived.set(identity, now);
    const [oldest = ''] = this.#arrived.keys();
    if (this.#arrived.size > KEPT) this.#arrived.delete(oldest);
  }

  /** A sample is indexed: answers how long that took, milliseconds. */
  indexed(identity: string, now: number): number | undefined {
    const arrived = this.#arrived.get(identity);
    if (arrived === undefined) return undefined;
    this.#arrived.delete(identity);
    this.#latencies.push({ at: now, value: now - arrived });
    return now - arrived;
  }

  /** A sample has been given up. */
  forget(identity: string): void {
    this.#arrived.delete(identity);
    this.#dropped++;
  }

  /** Those of the last minute. */
  event(now: number): LatencyEvent {
    const recent = this.#latencies.findIndex(({ at }) => at > now - WINDOW);
    const old = recent === -1 ? this.#latencies.length : recent;
    this.#latencies.splice(0, Math.max(old, this.#latencies.length - KEPT));
    const sorted = Float64Array.from(this.#latencies, ({ value }) => value).sort();
    const percentile = (part: number) => round(sorted[Math.ceil(part * sorted.length) - 1] ?? 0);
    return { samples: sorted.length, p50: percentile(0.5), p99: percentile(0.99), dropped: this.#dropped };
  }
}

const round = (value: number) => Math.round(value * 100) / 100;
