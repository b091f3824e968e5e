// The demonstration with 200 sensors, once a second each, and somebody who watches: the share of one core that it takes.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { withFolder } from '../folder.mjs';
import { startDemo } from './demo.mjs';

const SENSORS = 200;
const WARM_UP = 20_000;
const MEASURED = 60_000;
/** Ticks a second in which the system counts the time of a process. */
const TICKS = 100;

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Seconds of processor that a process has had, all its threads together. @param {number} pid */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** @param {string} directory */
async function measure(directory) {
  const flags = ['--sensors', String(SENSORS), '--port', '0', '--archive', directory];
  const demo = await startDemo(process.execPath, [cli, 'demo', ...flags]);
  const watching = new AbortController();
  let samples = 0;
  const watched = watch(new URL('live', demo.url), watching.signal, (some) => {
    samples += some;
  });
  await sleep(WARM_UP);
  const before = { time: performance.now(), processor: processorSeconds(demo.pid), samples };
  await sleep(MEASURED);
  const seconds = (performance.now() - before.time) / 1_000;
  const cpu = (processorSeconds(demo.pid) - before.processor) / seconds;
  const perSecond = (samples - before.samples) / seconds;
  watching.abort();
  await watched;
  await demo.stop();
  return { cpu, perSecond };
}

/** @param {URL} url @param {AbortSignal} signal @param {(samples: number) => void} seen */
async function watch(url, signal, seen) {
  const { body } = await fetch(url, { signal });
  const text = body?.pipeThrough(new TextDecoderStream()) ?? [];
  try {
    for await (const part of text) seen(part.split('event: sample\n').length - 1);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

console.log(JSON.stringify(await withFolder(measure)));
