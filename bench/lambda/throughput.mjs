import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';
import { median } from '../statistics.mjs';

/** @typedef {{ handler: number, other: number }} Round documents a second */

/** How quick our handler is beside other ways to the same OpenSearch. @param {string} url */
export async function measureThroughput(url) {
  const vsPostEach = await compare(url, 'post-each', 'one signed POST after the other');
  const vsPowertools = await compare(url, 'powertools', 'Powertools with a request for each record');
  const vsHelpersBulk = await compare(url, 'helpers-bulk', "the client's bulk helper");
  const vsRawBulk = await compare(url, 'raw-bulk', 'bulk requests that are there already');
  return { vsPostEach, vsPowertools, vsHelpersBulk, vsRawBulk };
}

/** @param {string} url @param {string} way @param {string} what */
async function compare(url, way, what) {
  say(`Events of 1,000 records into OpenSearch through the handler, and by ${what} …`);
  /** @type {Round[]} */
  const rounds = await node('lambda/throughput-run.mjs', [url, way], ['--expose-gc']);
  const perSecond = (/** @type {'handler' | 'other'} */ kind) =>
    `${median(rounds.map((round) => round[kind])).toFixed(0)} documents/s`;
  // Of rounds one after the other, so that what else the machine does is in both.
  const ratio = median(rounds.map(({ handler, other }) => handler / other));
  say(`  the handler ${perSecond('handler')}, ${what} ${perSecond('other')}: ${ratio.toPrecision(3)}`);
  return ratio;
}
