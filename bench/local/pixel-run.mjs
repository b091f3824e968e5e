// Milliseconds from a sample in the process of the server until Chromium shows it: each has a rate of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { startDashboard } from 'liveheartrate/dashboard';
import { startLocalPipeline } from 'liveheartrate/local';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { withFolder } from '../folder.mjs';
import { now, watchRates } from './painted.mjs';

const SAMPLES = 600;
const WARM_UP = 50;
/** In step with the frames of the browser they would always meet them in the same phase. */
const PERIOD = 207.3;
const FIRST_RATE = 60;
/** As many wear a strap besides, and send in the same turn. */
const OTHERS = 9;

/** @param {string} directory */
async function measure(directory) {
  const pipeline = await startLocalPipeline({ directory });
  const dashboard = await startDashboard({ pipeline, port: 0, alert: { above: 65_535 } });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.addInitScript(watchRates);
  await page.goto(dashboard.url);

  /** @type {number[]} */
  const sent = [];
  const began = performance.now();
  const send = (
    /** @type {number} */ sensor,
    /** @type {number} */ sequence,
    /** @type {number} */ heartRate,
  ) => {
    const sample = {
      timestamp: new Date(),
      heartRate,
      rrIntervals: [60_000 / heartRate],
      sensor: { id: `strap-${sensor}`, name: `Strap ${sensor}` },
      session: `session-${sensor}`,
      sequence,
    };
    dashboard.show(sample);
    pipeline.sink.accept(sample);
  };
  for (let at = 0; at < SAMPLES; at++) {
    await sleep(began + at * PERIOD - performance.now());
    sent[FIRST_RATE + at] = now();
    send(0, at, FIRST_RATE + at);
    if (at % Math.round(1_000 / PERIOD) === 0)
      for (let other = 1; other <= OTHERS; other++) send(other, at, 70 + other);
  }
  await sleep(1_000);
  const painted = /** @type {{ rate: number, time: number }[]} */ (await page.evaluate('painted'));
  await browser.close();
  await dashboard.close();
  await pipeline.close();
  const later = painted.filter(({ rate }) => rate >= FIRST_RATE + WARM_UP);
  return {
    missed: SAMPLES - WARM_UP - later.length,
    ms: later.map(({ rate, time }) => time - (sent[rate] ?? 0)),
  };
}

console.log(JSON.stringify(await withFolder(measure)));
