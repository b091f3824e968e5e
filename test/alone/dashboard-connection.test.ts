import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { cardOf, keepDiary } from '../support/dashboard/card.ts';
import { lookAt } from '../support/dashboard/look.ts';
import { openTheatre } from '../support/dashboard/theatre.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

/** Promised to those who look at it. */
const SEEN_WITHIN_MS = 2_000;

describe('a connection of the dashboard that is lost', () => {
  const theatre = openTheatre(chromium);
  const shows = (page: Page, expected: object) => expect.poll(() => cardOf(page)).toMatchObject(expected);

  it.each(['cut', 'stall'] as const)('is shown within 2 s after a %s, and that it heals', async (fault) => {
    const page = await theatre.viewers.open(theatre.wire.url);
    theatre.stage.beat(72);
    await shows(page, { number: '72', state: 'live' });
    const diary = await keepDiary(page);
    // The sensor goes on, so that only the connection can be what is missing.
    const beats = setInterval(() => theatre.stage.beat(72), 500);
    try {
      const lost = Date.now();
      theatre.wire[fault]();
      await shows(page, { number: '–', state: 'reconnecting' });
      const seen = (await diary()).find(({ banner }) => banner);
      expect(seen).toMatchObject({ number: '–', state: 'reconnecting' });
      expect((seen?.time ?? Number.POSITIVE_INFINITY) - lost).toBeLessThan(SEEN_WITHIN_MS);
      expect(await lookAt(page, `lost-by-${fault}`)).toEqual([]);
      theatre.wire.mend();
      await shows(page, { number: '72', state: 'live' });
      expect(await page.locator('#banner').isHidden()).toBe(true);
    } finally {
      clearInterval(beats);
    }
  });
});
