// Measures which part of a core a thousand straps at 4 Hz take, in windows of some seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { STRAPS, startStraps } from './many-straps.mjs';

const RATE = 4;
const WARM_UP_MS = 5_000;
const WINDOW_MS = 5_000;
const WINDOWS = 5;

let samples = 0;
await startStraps(RATE, (count) => {
  samples = count;
});
await sleep(WARM_UP_MS);

const windows = [];
for (let window = 0; window < WINDOWS; window++) {
  const [cpu, time, before] = [process.cpuUsage(), performance.now(), samples];
  await sleep(WINDOW_MS);
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = performance.now() - time;
  windows.push({
    cpu: (user + system) / 1_000 / elapsed,
    samplesPerSecond: ((samples - before) / elapsed) * 1_000,
  });
}
console.log(JSON.stringify({ windows, expected: STRAPS * RATE }));
process.exit();
