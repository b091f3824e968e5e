import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from '../../scripts/launch-chromium.mjs';
import { computingTimes } from './page-tasks.mjs';

const MIB = 2 ** 20;
const DEADLINE_MS = 120_000;

/** In the page, before anything of it runs. */
const watchTasks = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });`;

/**
 * Opens a page in a Chromium of its own.
 */
export async function openPage() {
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1_200, height: 900 } });
  context.setDefaultTimeout(DEADLINE_MS);
  const page = await context.newPage();
  await page.addInitScript(watchTasks);
  await page.goto('about:blank');
  const devtools = await context.newCDPSession(page);
  const machineTools = await browser.newBrowserCDPSession();

  return {
    close: () => browser.close(),
    page: {
      open: (/** @type {string} */ url) => page.goto(url),
      /** Waits until an expression is true there. */
      async until(/** @type {string} */ expression) {
        for (const deadline = Date.now() + DEADLINE_MS; !(await page.evaluate(expression)); await sleep(100))
          if (Date.now() > deadline) throw new Error(`The page never came to ${expression}.`);
      },
      /** What tasks there are while some work is done: those of more than 50 ms, and the longest, ms. */
      async tasksDuring(/** @type {() => Promise<void>} */ work) {
        await page.evaluate('longTasks.splice(0)');
        await browser.startTracing(page, {
          categories: ['disabled-by-default-devtools.timeline', '__metadata'],
        });
        await work();
        const computed = computingTimes(await browser.stopTracing());
        const passed = /** @type {number[]} */ (await page.evaluate('longTasks.splice(0)'));
        return { passed: longOf(passed), computed: longOf(computed) };
      },
      /** What the scripts of the page hold, with what waits to be collected, MiB. */
      async memory() {
        const used = /** @type {Record<string, number>} */ (
          /** @type {unknown} */ (await devtools.send('Runtime.getHeapUsage'))
        );
        const { usedSize = 0, embedderHeapUsedSize = 0, backingStorageSize = 0 } = used;
        return round((usedSize + embedderHeapUsedSize + backingStorageSize) / MIB);
      },
      /** What the process of the page has for itself alone, code and pictures too, MiB. */
      async processMemory() {
        const { processInfo } = await machineTools.send('SystemInfo.getProcessInfo');
        const renderers = processInfo.filter(({ type }) => type === 'renderer');
        const sizes = await Promise.all(renderers.map(({ id }) => privateMemory(id)));
        return round(Math.max(...sizes));
      },
    },
  };
}

/** @param {number[]} tasks */
const longOf = (tasks) => ({
  long: tasks.filter((duration) => duration > 50).length,
  longest: round(tasks.reduce((longest, duration) => Math.max(longest, duration), 0)),
});

/** @param {number} pid */
async function privateMemory(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = [...text.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].map(([, size]) => Number(size));
  return kilobytes.reduce((sum, size) => sum + size, 0) / 1_024;
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
