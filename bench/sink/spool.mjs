import { say } from '../../scripts/prepare.mjs';
import { withFolder } from '../folder.mjs';
import { node } from '../node.mjs';
import { median } from '../statistics.mjs';

/** How quick samples get onto the disk while the service is away, and from there to it when it is back. */
export async function measureSpool() {
  const os = await fill('os');
  const disk = await fill('disk');
  say('1,000,000 samples out of a spool …');
  const { seconds } = await withFolder(async (folder) => {
    await node('sink/recovery-run.mjs', ['fill', folder]);
    return node('sink/recovery-run.mjs', ['empty', folder]);
  });
  say(`  ${seconds.toFixed(2)} s`);
  return { os, disk, recoverySeconds: seconds };
}

/** @param {'os' | 'disk'} durability */
async function fill(durability) {
  say(`Samples into a spool with durability ${durability} …`);
  /** @type {{ rates: number[] }} */
  const { rates } = await withFolder((folder) => node('sink/spool-run.mjs', [durability, folder]));
  say(`  ${rates.map((rate) => rate.toFixed(0)).join(', ')} samples/s`);
  return median(rates);
}
