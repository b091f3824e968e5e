import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';
import { median, percentile } from '../statistics.mjs';

const round = (/** @type {number} */ value) => Number(value.toPrecision(3));

/** From the start of the demonstration to a value on its page. */
export async function measureFirstValue() {
  say('npm start until the first value is on the page …');
  /** @type {number[]} */
  const seconds = await node('local/first-value-run.mjs', []);
  say(`  ${seconds.map(round).join(', ')} s`);
  return median(seconds);
}

/** From a sample to its pixels. */
export async function measurePixels() {
  say('Samples until they are on the screen …');
  /** @type {{ missed: number, ms: number[] }} */
  const { missed, ms } = await node('local/pixel-run.mjs', []);
  const p99 = percentile(ms, 0.99);
  say(`  ${ms.length} samples: median ${round(median(ms))} ms, p99 ${round(p99)} ms, ${missed} never seen`);
  return p99;
}

/** What 200 sensors take. */
export async function measureCrowd() {
  say('200 sensors for a minute …');
  /** @type {{ cpu: number, perSecond: number }} */
  const { cpu, perSecond } = await node('local/crowd-run.mjs', []);
  say(`  ${round(cpu * 100)} % of a core, ${round(perSecond)} samples a second`);
  return cpu;
}
