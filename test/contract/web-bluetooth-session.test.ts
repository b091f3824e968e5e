import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import { type BluetoothPage, openBluetoothPage } from '../support/bluez/chromium.ts';
import type { SessionPage } from '../support/bluez/session-page.ts';
import type { VirtualBluezOptions } from '../support/bluez/virtual-bluez.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

const program = fileURLToPath(new URL('../support/bluez/session-page.ts', import.meta.url));

const packet = (heartRate: number, ...rrIntervals: number[]) =>
  Buffer.from(encodeHeartRateMeasurement({ heartRate, rrIntervals })).toString('hex');

describe('a session in a web page', () => {
  let site: BluetoothPage;
  const open = async (options: VirtualBluezOptions = {}) => {
    site = await openBluetoothPage(chromium, { program, ...options });
  };
  afterEach(() => site?.stop());

  const samples = () => site.page.evaluate(() => (globalThis as unknown as SessionPage).samples);
  const code = () => site.page.evaluate(() => (globalThis as unknown as SessionPage).code);
  const listening = (count: number) =>
    expect.poll(() => site.bluez.count({ event: 'notifying', uuid: '2a37', on: true })).toBe(count);

  it('gets 1,000 notifications at 200 a second, each once, in order and unchanged', async () => {
    const packets = Array.from({ length: 1_000 }, (_, at) => packet(40 + (at % 180), at * (1000 / 1024)));
    await open();
    await site.page.click('#button');
    await listening(1);
    site.bluez.play(packets, 200);
    await expect.poll(() => site.bluez.count({ event: 'played' })).toBe(1);
    await expect.poll(async () => (await samples()).length).toBe(1_000);
    const received = await samples();
    expect(received.map(({ heartRate, rrIntervals }) => packet(heartRate, ...rrIntervals))).toEqual(packets);
    expect(received.every(({ sequence }, at) => sequence === at)).toBe(true);
  });

  it('goes on after a lost link, with no second chooser', async () => {
    await open();
    await site.page.click('#button');
    await listening(1);
    site.bluez.play([packet(61), packet(62)], 50);
    await expect.poll(async () => (await samples()).length).toBe(2);
    site.bluez.disconnect();
    await listening(2);
    site.bluez.play([packet(63), packet(64)], 50);
    await expect.poll(async () => (await samples()).length).toBe(4);
    const received = await samples();
    expect(received.map(({ heartRate }) => heartRate)).toEqual([61, 62, 63, 64]);
    expect(received.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    expect(new Set(received.map(({ session }) => session)).size).toBe(1);
    expect(received[0]?.sensor.name).toBe('Virtual HRM 1');
    expect(site.choosers()).toBe(1);
  });

  it('closes the link when it is unsubscribed from, and begins anew with no second chooser', async () => {
    await open();
    await site.page.click('#button');
    await listening(1);
    await site.page.evaluate(() => (globalThis as unknown as SessionPage).session?.unsubscribe());
    await expect.poll(() => site.bluez.count({ event: 'disconnected', by: 'central' })).toBe(1);
    await site.page.click('#button');
    await listening(2);
    expect(site.choosers()).toBe(1);
  });

  it('begins anew at once, however often', async () => {
    await open();
    for (let round = 1; round <= 10; round++) {
      await site.page.click('#button');
      // A link that is still being closed counts as lost, and is opened once more.
      await listening(round);
      site.bluez.notify(packet(60 + round));
      await expect.poll(async () => (await samples()).length).toBe(round);
      await site.page.evaluate(() => (globalThis as unknown as SessionPage).session?.unsubscribe());
    }
    expect(await code()).toBeUndefined();
    expect((await samples()).map(({ heartRate }) => heartRate)).toEqual([
      61, 62, 63, 64, 65, 66, 67, 68, 69, 70,
    ]);
    expect(site.choosers()).toBe(1);
  });

  it('says that no sensor was chosen when the chooser is closed, and asks again in the next click', async () => {
    await open();
    site.answer('close');
    await site.page.click('#button');
    await expect.poll(code).toBe('SENSOR_NOT_FOUND');
    site.answer({ choose: 'Virtual HRM 1' });
    await site.page.click('#button');
    await listening(1);
    expect(site.choosers()).toBe(2);
  });

  it('says that it may not ask without a click', async () => {
    await open();
    await site.page.goto('http://localhost/?at-once');
    await expect.poll(code).toBe('BLUETOOTH_UNAUTHORIZED');
    expect(site.choosers()).toBe(0);
  });

  it('says that there is no adapter', async () => {
    await open({ adapter: false });
    await site.page.click('#button');
    await expect.poll(code).toBe('BLUETOOTH_UNAVAILABLE');
  });

  it('says that a page from http has no Bluetooth', async () => {
    await open();
    await site.page.goto('http://page.invalid/');
    await site.page.click('#button');
    await expect.poll(code).toBe('BLUETOOTH_UNAVAILABLE');
  });

  it('finds a sensor by its name alone, among several', async () => {
    await open({ sensors: 3 });
    site.answer({ choose: 'Virtual HRM 2' });
    await site.page.goto(`http://localhost/?name=${encodeURIComponent('Virtual HRM')}`);
    await site.page.click('#button');
    await listening(1);
    site.bluez.notify(packet(72), 2);
    await expect.poll(async () => (await samples())[0]?.sensor.name).toBe('Virtual HRM 2');
  });
});
