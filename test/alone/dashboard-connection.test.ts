import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startViewers, type Viewers } from '../support/dashboard/browser.ts';
import { cardOf, keepDiary } from '../support/dashboard/card.ts';
import { lookAt } from '../support/dashboard/look.ts';
import { openStage, type Stage } from '../support/dashboard/stage.ts';
import { layWire, type Wire } from '../support/dashboard/wire.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

/** No sensor is silent here. */
const LONG_MS = 600_000;
/** Promised to those who look at it. */
const SEEN_WITHIN_MS = 2_000;

describe('a connection of the dashboard that is lost', () => {
  let viewers: Viewers;
  let stage: Stage;
  let wire: Wire;
  beforeAll(async () => {
    viewers = await startViewers(chromium);
  });
  beforeEach(async () => {
    stage = await openStage({ silence: LONG_MS });
    wire = await layWire(stage.url);
  });
  afterEach(async () => {
    await wire.stop();
    await stage.stop();
    expect(viewers.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => viewers?.stop());
  const shows = (page: Page, expected: object) => expect.poll(() => cardOf(page)).toMatchObject(expected);

  it.each(['cut', 'stall'] as const)('is shown within 2 s after a %s, and that it heals', async (fault) => {
    const page = await viewers.open(wire.url);
    stage.beat(72);
    await shows(page, { number: '72', state: 'live' });
    const diary = await keepDiary(page);
    // The sensor goes on, so that only the connection can be what is missing.
    const beats = setInterval(() => stage.beat(72), 500);
    try {
      const lost = Date.now();
      wire[fault]();
      await shows(page, { number: '–', state: 'reconnecting' });
      const seen = (await diary()).find(({ banner }) => banner);
      expect(seen).toMatchObject({ number: '–', state: 'reconnecting' });
      expect((seen?.time ?? Number.POSITIVE_INFINITY) - lost).toBeLessThan(SEEN_WITHIN_MS);
      expect(await lookAt(page, `lost-by-${fault}`)).toEqual([]);
      wire.mend();
      await shows(page, { number: '72', state: 'live' });
      expect(await page.locator('#banner').isHidden()).toBe(true);
    } finally {
      clearInterval(beats);
    }
  });
});
