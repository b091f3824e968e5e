import { fileURLToPath } from 'node:url';
import { say } from '../../scripts/prepare.mjs';
import { child } from '../child.mjs';
import { median } from '../statistics.mjs';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
/** Which part of the samples has to come: fewer, and something else was measured. */
const ENOUGH = 0.98;

/** What a thousand straps take: of a core at 4 Hz, and of memory in the long run. */
export async function measureStraps() {
  say('1,000 simulated straps at 4 Hz …');
  const { windows, expected } = await child(process.execPath, [path('cpu-run.mjs')]);
  /** @type {number[]} */
  const cpu = windows.map((/** @type {{ cpu: number }} */ window) => window.cpu);
  const rate = median(
    windows.map((/** @type {{ samplesPerSecond: number }} */ window) => window.samplesPerSecond),
  );
  say(
    `  ${rate.toFixed(0)} samples/s, of a core: ${cpu.map((part) => `${(part * 100).toFixed(1)} %`).join(', ')}`,
  );
  if (rate < ENOUGH * expected)
    throw new Error(`Only ${rate.toFixed(0)} of ${expected} samples came a second.`);

  say('1,000 simulated straps, until they have sent 1,000,000 samples …');
  const readings = await child(process.execPath, ['--expose-gc', path('memory-run.mjs')]);
  for (const { samples, rss, heapUsed } of readings)
    say(`  after ${samples} samples: resident ${mebibytes(rss)}, heap used ${mebibytes(heapUsed)}`);
  const [first, last] = readings;
  return { cpu: median(cpu), memoryGrowth: last.rss / first.rss };
}

/** @param {number} bytes */
const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
