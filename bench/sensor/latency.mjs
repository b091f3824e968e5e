import { fileURLToPath } from 'node:url';
import { say } from '../../scripts/prepare.mjs';
import { preparePython } from '../../scripts/servers.mjs';
import { child } from '../child.mjs';

const program = fileURLToPath(new URL('latency-run.mjs', import.meta.url));

/** How long a packet takes from noble to the subscriber, in the fork that takes longer. */
export async function measureLatency() {
  await preparePython(say);
  const results = [];
  for (const fork of ['@abandonware/noble', '@stoprocent/noble']) {
    say(`200 packets a second through ${fork} …`);
    const result = await child(process.execPath, [program, fork]);
    const ms = (/** @type {number} */ value) => `${value.toFixed(3)} ms`;
    say(
      `  ${result.count} packets: median ${ms(result.p50)}, p99 ${ms(result.p99)}, longest ${ms(result.max)}`,
    );
    results.push(result);
  }
  return { p99: Math.max(...results.map(({ p99 }) => p99)) };
}
