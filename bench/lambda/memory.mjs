import { say } from '../../scripts/prepare.mjs';
import { node } from '../node.mjs';
import { withStandIn } from './stand-in.mjs';

/** How the resident memory of the handler grows from one invocation to the next. */
export async function measureMemory() {
  say('10,000 events of 1,000 records through the handler …');
  const readings = await withStandIn((url) => node('lambda/memory-run.mjs', [url], ['--expose-gc']));
  for (const { invocations, rss, heapUsed } of readings)
    say(`  after ${invocations}: resident ${mebibytes(rss)}, heap used ${mebibytes(heapUsed)}`);
  const [first, last] = readings;
  return { growth: last.rss / first.rss };
}

/** @param {number} bytes */
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
