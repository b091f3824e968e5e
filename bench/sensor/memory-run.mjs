// Reads the memory after 100,000 samples and after 1,000,000, each time without what is garbage. Wants --expose-gc.
import { startStraps } from './many-straps.mjs';

/** Ten times as fast as is asked for, so that it takes half a minute. */
const RATE = 40;
const FIRST = 100_000;
const LAST = 1_000_000;

/** @type {{ samples: number, rss: number, heapUsed: number }[]} */
const readings = [];
startStraps(RATE, (samples) => {
  if (samples !== FIRST && samples !== LAST) return;
  // Not within the delivery of a sample.
  setImmediate(() => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    readings.push({ samples, rss, heapUsed });
    if (samples < LAST) return;
    console.log(JSON.stringify(readings));
    process.exit();
  });
});
