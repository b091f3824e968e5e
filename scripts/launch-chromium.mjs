import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './servers/chromium.mjs';
import { step } from './servers/step.mjs';
import { cacheFolder } from './servers.mjs';

/** Starts the Chromium of the tests, which is fetched where there is none. */
export async function launchChromium() {
  const say = (/** @type {string} */ what, /** @type {() => Promise<void>} */ work) =>
    step(console.error, what, work);
  const { program, libraries } = await findChromium(join(cacheFolder, 'chromium'), say);
  const folders = libraries || process.env.LD_LIBRARY_PATH;
  return chromium.launch({
    executablePath: program,
    headless: true,
    env: { ...process.env, ...(folders && { LD_LIBRARY_PATH: folders }) },
    args: ['--disable-gpu', '--no-first-run', '--disable-sync'],
  });
}
