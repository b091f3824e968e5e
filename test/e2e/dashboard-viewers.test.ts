import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Viewers } from '../support/dashboard/browser.ts';
import { cardOf, keepDiary, textOf } from '../support/dashboard/card.ts';
import { lookAt } from '../support/dashboard/look.ts';
import { openTheatre } from '../support/dashboard/theatre.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

describe('viewers of the dashboard', () => {
  const theatre = openTheatre(chromium);
  const open: Viewers['open'] = async (...words) => {
    const page = await theatre.viewers.open(...words);
    const link = page.locator('#link');
    // An overlay does not say so.
    if (await link.count()) await expect.poll(() => link.textContent()).toBe('connected');
    return page;
  };
  const shows = (page: Page, expected: object, name?: string) =>
    expect.poll(() => cardOf(page, name)).toMatchObject(expected);
  const chart = (page: Page) => expect.poll(() => textOf(page, 'rate-text'));

  it('get what they have missed', async () => {
    const page = await open(theatre.wire.url);
    theatre.stage.beat(72);
    await chart(page).toContain('72 to 72 bpm');
    theatre.wire.cut();
    await shows(page, { state: 'reconnecting' });
    theatre.stage.beat(155);
    theatre.stage.beat(80);
    theatre.wire.mend();
    await chart(page).toContain('72 to 155 bpm, mean 102');
    // It was not what came last, and that may be too old by now.
    await expect.poll(async () => (await cardOf(page, 'Anna'))?.number).not.toBe('155');
    theatre.stage.beat(81);
    await shows(page, { number: '81', state: 'live' });
  });

  it('keep the history and their choice over a reload, and a second one sees the same', async () => {
    const page = await open(theatre.stage.url);
    for (const rate of [61, 99, 80]) theatre.stage.beat(rate, { name: 'Ben' });
    theatre.stage.beat(70);
    await shows(page, { number: '80' }, 'Ben');
    await page.getByRole('radio', { name: 'Ben' }).check({ force: true });
    await page.getByRole('radio', { name: '1 h' }).check({ force: true });
    const [text, beats] = ['Last hour: 61 to 99 bpm, mean 80', 'Last hour: 606 to 984 ms, mean 780'];
    await chart(page).toBe(text);
    await expect.poll(() => textOf(page, 'beats-text')).toBe(beats);

    await page.reload();
    await chart(page).toBe(text);
    await expect.poll(() => textOf(page, 'beats-text')).toBe(beats);
    expect(await textOf(page, 'chosen-name')).toBe('Ben');

    const second = await open(page.url());
    await chart(second).toBe(text);
    for (const name of ['Anna', 'Ben']) {
      const { note: _, ...card } = (await cardOf(page, name)) ?? { note: '' };
      await shows(second, card, name);
    }
  });

  it('keep the history over a restart of the server, and so does somebody new', async () => {
    const page = await open(theatre.stage.url);
    for (const rate of [61, 99]) theatre.stage.beat(rate);
    await chart(page).toBe('Last 5 minutes: 61 to 99 bpm, mean 80');
    const diary = await keepDiary(page);
    await theatre.stage.restart();
    theatre.stage.beat(140);
    await shows(page, { number: '140', state: 'live' });
    expect((await diary()).some(({ banner }) => banner)).toBe(true);
    await chart(page).toBe('Last 5 minutes: 61 to 140 bpm, mean 100, 1 gap');
    const second = await open(theatre.stage.url);
    await chart(second).toBe('Last 5 minutes: 61 to 140 bpm, mean 100, 1 gap');
  });

  it('need no mouse', async () => {
    const page = await open(theatre.stage.url);
    for (const name of ['Anna', 'Ben']) theatre.stage.beat(70, { name });
    await shows(page, { number: '70' }, 'Ben');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => textOf(page, 'chosen-name')).toBe('Ben');
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.card:has(:checked)')).outlineStyle`),
    ).toBe('solid');
    expect(await lookAt(page, 'keyboard')).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await chart(page).toContain('Last minute: ');
    expect(new URL(page.url()).hash).toBe('#sensor=id-of-Ben&minutes=1');
  });

  it.each([
    ['light', 1_200],
    ['dark', 1_200],
    ['light', 360],
    ['dark', 360],
  ] as const)('can read all of it: %s, %i pixels', async (colorScheme, width) => {
    const now = Date.now();
    for (let second = 280; second > 0; second--) {
      const timestamp = new Date(now - second * 1_000);
      const wave = Math.sin(second / 30);
      if (second < 120 || second > 150) theatre.stage.beat(Math.round(125 + 30 * wave), { timestamp });
      theatre.stage.beat(Math.round(80 + 12 * wave), { timestamp, name: 'Ben, who has a long name' });
    }
    theatre.stage.beat(152);
    theatre.stage.beat(0, { name: 'Carla' });
    theatre.stage.beat(97, { name: 'Dmitri', sensorContact: false });
    theatre.stage.status('scanning', 'Elif');
    const page = await open(theatre.stage.url, { colorScheme, viewport: { width, height: 900 } });
    await chart(page).toMatch(/1 gap$/);
    await expect.poll(() => textOf(page, 'latency')).toContain('p99');
    await expect.poll(() => textOf(page, 'summary-text')).toContain('samples');
    expect(await lookAt(page, `${colorScheme}-${width}`)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('are told what has changed, and never each heartbeat', async () => {
    const page = await open(theatre.stage.url);
    for (const rate of [70, 71, 72]) {
      theatre.stage.beat(rate);
      await shows(page, { number: String(rate) });
    }
    const said = () => page.locator('#announcements').textContent();
    await expect.poll(said).toBe('Anna: live');
    theatre.stage.status('ended');
    await expect.poll(said).toBe('Anna: ended');
    // Only the two of them are read aloud by themselves.
    expect(await page.locator('[aria-live], [role=status], [role=alert], [role=log]').count()).toBe(2);
  });

  it('of an overlay see the rate of a sensor on nothing, and no rate once it is not live', async () => {
    const page = await open(`${theatre.stage.url}overlay?sensor=Ben&color=rgb(1,2,3)&size=40`, {
      reducedMotion: 'reduce',
      viewport: { width: 400, height: 200 },
    });
    const number = () => textOf(page, 'number');
    const beat = () => {
      theatre.stage.beat(70);
      theatre.stage.beat(111, { name: 'Ben' });
      return number();
    };
    expect(await number()).toBe('–');
    await expect.poll(beat).toBe('111');
    const style = (what: string, name: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${what}')).${name}`);
    expect(await style('body', 'backgroundColor')).toBe('rgba(0, 0, 0, 0)');
    expect(await style('html', 'backgroundColor')).toBe('rgba(0, 0, 0, 0)');
    expect([await style('#overlay', 'color'), await style('#number', 'fontSize')]).toEqual([
      'rgb(1, 2, 3)',
      '40px',
    ]);
    expect(await style('path', 'animationName')).toBe('none');
    expect(await lookAt(page, 'overlay')).toEqual([]);
    theatre.stage.status('silent', 'Ben');
    await expect.poll(number).toBe('–');
    expect(await lookAt(page, 'overlay-silent')).toEqual([]);
  });
});
