// Seconds from `npm start` until Chromium, which is running, shows a first rate: of several starts.
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { withFolder } from '../folder.mjs';
import { startDemo } from './demo.mjs';
import { now, watchRates } from './painted.mjs';

const STARTS = 5;
const DEADLINE = 60_000;

const browser = await launchChromium();
/** @type {number[]} */
const seconds = [];
for (let start = 0; start < STARTS; start++) {
  const page = await browser.newPage();
  await page.addInitScript(watchRates);
  await withFolder(async (directory) => {
    const began = now();
    const demo = await startDemo('npm', ['start', '--', '--port', '0', '--archive', directory]);
    try {
      await page.goto(demo.url, { waitUntil: 'commit' });
      seconds.push(((await firstPainted(page)) - began) / 1_000);
    } finally {
      await page.close();
      await demo.stop();
    }
  });
}
await browser.close();
console.log(JSON.stringify(seconds));

/** When the first rate was on the screen. @param {import('playwright-core').Page} page */
async function firstPainted(page) {
  for (const deadline = now() + DEADLINE; now() < deadline; await sleep(100)) {
    const time = Number(await page.evaluate('painted[0]?.time'));
    if (time > 0) return time;
  }
  throw new Error('The page has shown no rate.');
}
