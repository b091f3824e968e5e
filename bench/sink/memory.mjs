import { say } from '../../scripts/prepare.mjs';
import { withFolder } from '../folder.mjs';
import { node } from '../node.mjs';

/** How the resident memory grows while the service is away, with a spool or without: what grows more. */
export async function measureMemory() {
  const growths = [];
  for (const kind of ['memory', 'spool']) {
    say(`1,000,000 samples for a service that is away, kept in ${kind === 'spool' ? 'a spool' : 'memory'} …`);
    const readings = await withFolder((folder) =>
      node('sink/memory-run.mjs', [kind, folder], ['--expose-gc']),
    );
    for (const { samples, rss, heapUsed } of readings)
      say(`  after ${samples} samples: resident ${mebibytes(rss)}, heap used ${mebibytes(heapUsed)}`);
    const [first, last] = readings;
    growths.push(last.rss / first.rss);
  }
  return { growth: Math.max(...growths) };
}

/** @param {number} bytes */
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
