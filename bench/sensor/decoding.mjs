import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from '../../scripts/prepare.mjs';
import { prepareVenv, pythonIn } from '../../scripts/servers/venv.mjs';
import { cacheFolder } from '../../scripts/servers.mjs';
import { child } from '../child.mjs';
import { mixedPackets } from './packets.mjs';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const venv = join(cacheFolder, 'bench-python');
const packetsFile = join(cacheFolder, 'bench', 'packets.txt');

/** How quick the decoder is: the slower of its two inputs beside everything else at its best. */
export async function measureDecoding() {
  await prepareVenv(venv, {
    requirements: path('../python/requirements.txt'),
    what: 'two decoders',
    log: say,
  });
  await mkdir(join(cacheFolder, 'bench'), { recursive: true });
  const lines = mixedPackets().map((packet) => Buffer.from(packet).toString('hex'));
  await writeFile(packetsFile, `${lines.join('\n')}\n`);

  say(`Decoding ${lines.length} mixed packets again and again …`);
  const python = () => child(pythonIn(venv), [path('../python/decoders.py'), packetsFile]);
  const ours = (/** @type {string} */ input) => child(process.execPath, [path('decoding-run.mjs'), input]);
  const before = await python();
  const bytes = await ours('bytes');
  const view = await ours('view');
  const after = await python();

  const slower = Math.max(bytes.ours, view.ours);
  const bleakheart = Math.min(before.bleakheart, after.bleakheart);
  const pycycling = Math.min(before.pycycling, after.pycycling);
  const ns = (/** @type {number} */ value) => `${value.toFixed(0)} ns`;
  say(`  bytes: ${ns(bytes.ours)}, tight loop ${ns(bytes.tightLoop)}, ratio ${bytes.ratio.toFixed(2)}`);
  say(`  views: ${ns(view.ours)}, tight loop ${ns(view.tightLoop)}, ratio ${view.ratio.toFixed(2)}`);
  say(`  bleakheart: ${ns(bleakheart)}, pycycling: ${ns(pycycling)}`);
  return {
    vsBleakheart: bleakheart / slower,
    vsPycycling: pycycling / slower,
    vsTightLoop: Math.max(bytes.ratio, view.ratio),
  };
}
