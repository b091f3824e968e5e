import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';
import { median, percentile } from '../statistics.mjs';

/**
 * @typedef {object} Setting
 * @property {string} [refresh] of the index; absent where it is what the template says
 * @property {number} maxLatency of the sink, milliseconds
 */

/** @type {Setting} */
const DEFAULT = { maxLatency: 200 };
/** @type {Setting} */
const TUNED = { refresh: '200ms', maxLatency: 50 };

const SECONDS = 40;
/** Alone, a strap in step with the refreshes would always meet them in the same phase: this period meets them in all. */
const STRAPS = [
  { straps: 1, period: 618 },
  { straps: 200, period: 1_000 },
];

/** How long samples take from their notification until they can be found. @param {string} url of OpenSearch */
export async function measureSearchable(url) {
  const plain = await worst(url, DEFAULT);
  const tuned = await worst(url, TUNED);
  return { p50: plain.p50, p99: plain.p99, tunedP50: tuned.p50 };
}

/** @param {string} url @param {Setting} setting */
async function worst(url, setting) {
  /** @type {{ p50: number, p99: number }[]} */
  const results = [];
  for (const { straps, period } of STRAPS) {
    say(
      `${straps} strap${straps > 1 ? 's' : ''} until a search finds the samples, the sink waits ` +
        `${setting.maxLatency} ms at most, the index refreshes itself every ${setting.refresh ?? '1s (default)'} …`,
    );
    const options = { url, straps, period, seconds: SECONDS, ...setting };
    /** @type {number[]} */
    const latencies = await node('lambda/searchable-run.mjs', [JSON.stringify(options)]);
    const [p50, p99] = [median(latencies), percentile(latencies, 0.99)];
    const ms = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
    say(
      `  ${latencies.length} samples: median ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(Math.max(...latencies))}`,
    );
    results.push({ p50, p99 });
  }
  const most = (/** @type {'p50' | 'p99'} */ part) => Math.max(...results.map((result) => result[part]));
  return { p50: most('p50'), p99: most('p99') };
}
