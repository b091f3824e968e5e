import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';
import { median } from '../statistics.mjs';

/** @typedef {{ sink: number, other: number }} Round samples a second */

/** How quick the sink is beside other ways to the same endpoint. */
export async function measureThroughput() {
  const vsPutRecordEach = await compare('put-record-each', 4, 'one PutRecord after the other');
  const vsBareSdk = await compare('bare-sdk', 1, 'the bare SDK, one call at a time');
  // With more, it is the processor that is measured: serialising and settling cost about as much as the SDK itself.
  await compare('bare-sdk', 4, 'the bare SDK, four calls at a time');
  return { vsPutRecordEach, vsBareSdk };
}

/** @param {string} way @param {number} calls @param {string} what */
async function compare(way, calls, what) {
  say(`Samples to an endpoint 5 ms away through the sink, and by ${what} …`);
  /** @type {Round[]} */
  const rounds = await node('sink/throughput-run.mjs', [way, String(calls)]);
  const perSecond = (/** @type {'sink' | 'other'} */ kind) =>
    `${median(rounds.map((round) => round[kind])).toFixed(0)} samples/s`;
  // Of rounds one after the other, so that what else the machine does is in both.
  const ratio = median(rounds.map(({ sink, other }) => sink / other));
  say(`  the sink ${perSecond('sink')}, ${what} ${perSecond('other')}: ${ratio.toPrecision(3)}`);
  return ratio;
}
