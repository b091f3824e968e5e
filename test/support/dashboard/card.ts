import type { Page } from 'playwright-core';

/** What is to be read of a sensor on a page. */
export interface Card {
  readonly number: string;
  readonly state: string;
  readonly note: string;
  readonly alert: boolean;
}

/** Reads it; `undefined` where the sensor is not there. */
export const cardOf = (page: Page, name = 'Anna'): Promise<Card | undefined> =>
  page.evaluate(`(() => {
    const card = [...document.querySelectorAll('.card')].find((each) => each.querySelector('.name').textContent === ${JSON.stringify(name)});
    const text = (part) => card.querySelector('.' + part).textContent;
    return card && { number: text('number'), state: text('state'), note: text('note'), alert: text('alert') !== '' };
  })()`);

/** The text of an element as it is seen. */
export async function textOf(page: Page, id: string): Promise<string> {
  const [text = ''] = await page.locator(`#${id}`).allInnerTexts();
  return text;
}

/**
 * Lets a page write down by its own clock, milliseconds since 1970, each time that what is shown of its first sensor, or
 * its banner, has become another.
 */
export async function keepDiary(page: Page): Promise<() => Promise<Entry[]>> {
  await page.evaluate(`(() => {
    globalThis.diary = [];
    const look = () => {
      const text = (part) => document.querySelector('.card .' + part)?.textContent ?? '';
      const entry = { number: text('number'), state: text('state'), banner: !document.querySelector('#banner').hidden };
      const { time, ...last } = diary.at(-1) ?? {};
      if (JSON.stringify(entry) !== JSON.stringify(last)) diary.push({ ...entry, time: Date.now() });
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  })()`);
  return () => page.evaluate('diary');
}

/** What was shown from a time on. */
export interface Entry {
  readonly number: string;
  readonly state: string;
  readonly banner: boolean;
  readonly time: number;
}
