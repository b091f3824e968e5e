/** Seconds of a bin. */
const BIN = 0.01;
const BINS = 12_000;

/** How many samples took how long. */
export class Histogram {
  #counts = new Float64Array(BINS);
  #total = 0;

  /** @param {number} seconds @param {number} count */
  add(seconds, count) {
    const bin = Math.min(BINS - 1, Math.floor(seconds / BIN));
    this.#counts[bin] = (this.#counts[bin] ?? 0) + count;
    this.#total += count;
  }

  /** @param {number} part from 0 to 1 @returns {number} the seconds that so many do not exceed; 0 where there are none */
  percentile(part) {
    if (this.#total === 0) return 0;
    let left = part * this.#total;
    for (let bin = 0; bin < BINS; bin++) {
      left -= this.#counts[bin] ?? 0;
      if (left <= 0) return (bin + 1) * BIN;
    }
    return BINS * BIN;
  }
}
