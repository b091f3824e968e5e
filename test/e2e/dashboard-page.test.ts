import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { DashboardOptions } from '../../src/dashboard/index.js';
import { startViewers, type Viewers } from '../support/dashboard/browser.ts';
import { cardOf, keepDiary, textOf } from '../support/dashboard/card.ts';
import { lookAt } from '../support/dashboard/look.ts';
import { openStage, type Stage } from '../support/dashboard/stage.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

describe('the page of the dashboard', () => {
  let viewers: Viewers;
  let stage: Stage;
  beforeAll(async () => {
    viewers = await startViewers(chromium);
  });
  afterEach(async () => {
    await stage.stop();
    // No error, and nothing that its policy has refused.
    expect(viewers.complaints.splice(0)).toEqual([]);
  });
  afterAll(() => viewers?.stop());
  const open = async (options: Partial<DashboardOptions> = {}) => {
    // Only what the story says makes a sensor silent, however busy the machine is.
    stage = await openStage({ silence: 600_000, ...options });
    const page = await viewers.open(stage.url);
    await expect.poll(() => textOf(page, 'link')).toBe('connected');
    return page;
  };
  const shows = (page: Page, expected: object, name?: string) =>
    expect.poll(() => cardOf(page, name)).toMatchObject(expected);
  /** Sends rates one after the other, each once the one before can be seen. */
  const send = async (page: Page, ...rates: readonly number[]) => {
    for (const rate of rates) {
      stage.beat(rate);
      await shows(page, { number: String(rate), state: 'live' });
    }
  };

  it('says what to do while there is no sensor', async () => {
    const page = await open();
    expect(await textOf(page, 'empty')).toContain('It listens to: scripted straps.');
    expect(await lookAt(page, 'empty')).toEqual([]);
  });

  it('shows the rates that were sent, one after the other, and nothing else', async () => {
    const rates = [72, 73, 75, 120, 119, 64];
    const page = await open();
    await send(page, 71);
    const diary = await keepDiary(page);
    await send(page, ...rates);
    expect((await diary()).map(({ number }) => number)).toEqual(['71', ...rates].map(String));

    await expect.poll(() => textOf(page, 'rate-text')).toBe('Last 5 minutes: 64 to 120 bpm, mean 85');
    const intervals = `Last 5 minutes: ${60_000 / 120} to ${Math.round(60_000 / 64)} ms`;
    expect(await textOf(page, 'beats-text')).toContain(intervals);
    expect(await textOf(page, 'chosen-now')).toBe('64 bpm · live');
  });

  it('sums the session up as the archive does, with the time in zones', async () => {
    const page = await open({ zones: [100] });
    const since = Date.now() - 10_000;
    for (const [at, heartRate] of [80, 90, 100, 130].entries()) {
      stage.beat(heartRate, { timestamp: new Date(since + at * 1_000) });
    }
    await expect.poll(() => textOf(page, 'summary-text')).toContain('4 samples in 0:03');
    expect((await textOf(page, 'summary')).split(/\s+/)).toEqual(
      'Maximum 130 bpm Minimum 80 bpm Difference 50 bpm Mean 100 bpm'.split(' '),
    );
    const zones = (await textOf(page, 'zones')).replace(/\s+/g, ' ');
    expect(zones).toBe('Zone 1 100 and more bpm 0:01 33 % Zone 0 below 100 bpm 0:02 67 %');
  });

  it('raises an alert, holds it until the rate is clearly lower, and clears it', async () => {
    const page = await open({ alert: { above: 150, below: 145 } });
    await send(page, 149);
    expect(await cardOf(page)).toMatchObject({ alert: false });
    await send(page, 150);
    await shows(page, { alert: true });
    await expect.poll(() => textOf(page, 'alert-state')).toMatch(/^Raised at .* with 150 bpm\.$/);
    expect(await textOf(page, 'alert-rule')).toBe('From 150 bpm on; cleared only below 145 bpm.');
    await expect.poll(() => page.locator('#announcements').textContent()).toContain('Anna: alert, 150');
    expect(await lookAt(page, 'alert')).toEqual([]);
    await send(page, 146);
    expect(await cardOf(page)).toMatchObject({ alert: true });
    await send(page, 144);
    await shows(page, { alert: false });
    await expect.poll(() => textOf(page, 'alert-state')).toBe('Not raised.');
  });

  it('shows a sensor that is silent, or elsewhere, never with a rate', async () => {
    const page = await open({ silence: 1_500 });
    await send(page, 72);
    const diary = await keepDiary(page);
    await shows(page, {
      number: '–',
      state: 'silent',
      note: expect.stringMatching(/^last 72 bpm \d+ s ago$/),
    });
    expect(await lookAt(page, 'silent')).toEqual([]);
    stage.status('scanning');
    await shows(page, { state: 'scanning' });
    stage.status('connecting');
    await shows(page, { state: 'connecting' });
    stage.status('live');
    await send(page, 74);
    stage.status('ended');
    await shows(page, { number: '–', state: 'ended' });
    const wrong = (await diary()).filter(({ number, state }) => (state === 'live') !== (number !== '–'));
    // Between a status and the first sample after it there may be a moment.
    expect(wrong.filter(({ state }) => state !== 'live')).toEqual([]);
  });

  it('says that nothing beats, and that there is no skin', async () => {
    const page = await open();
    stage.beat(0);
    await shows(page, { number: '–', state: 'live', note: 'no beat' });
    stage.beat(70, { sensorContact: false });
    await shows(page, { number: '70', state: 'live', note: 'no skin contact' });
    stage.beat(70, { sensorContact: true });
    await shows(page, { number: '70', note: '' });
  });

  it('shows names of sensors as text, whatever they are', async () => {
    const name = '<img src=x onerror="document.title=1"> & co';
    const page = await open();
    stage.beat(70, { name });
    await shows(page, { number: '70' }, name);
    expect([await textOf(page, 'chosen-name'), await page.title()]).toEqual([name, 'liveheartrate']);
  });

  it('tells how quick the speed layer is', async () => {
    const page = await open();
    await send(page, 70, 71, 72);
    await expect.poll(() => textOf(page, 'latency')).toMatch(/^p50 [\d.]+ ms · p99 [\d.]+ ms · 3 samples$/);
  });
});
