import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { commandOf, copyExample, type RunningExample, runCommand } from '../support/package/example.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium: machine } = needs('chromium');
const NAME = '11-browser-page';
const DEADLINE = 200_000;
/** The first heart rates of a simulated strap. */
const RESTING = /^6\d$/;

describe('the page', () => {
  let browser: Browser;
  let folder: string;
  const running: RunningExample[] = [];

  beforeAll(async () => {
    folder = await copyExample(NAME, inject('full'));
    const { program, libraries } = machine;
    const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) } as Record<
      string,
      string
    >;
    browser = await chromium.launch({ executablePath: program, env, timeout: DEADLINE });
  });
  afterAll(async () => {
    await browser?.close();
    for (const each of running) each.kill();
  });

  /** Opens a page, and answers it with all that went wrong in it. */
  async function open(url: string): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    page.setDefaultTimeout(DEADLINE);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    if (url.startsWith(BUILT)) {
      await page.route(`${BUILT}**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        const path = pathname === '/' ? 'index.html' : pathname.slice(1);
        await route.fulfill({ path: join(folder, 'dist', path) });
      });
    }
    await page.goto(url);
    return { page, errors };
  }

  async function expectHeartRate(url: string): Promise<void> {
    const { page, errors } = await open(`${url}?simulate`);
    const [output, curve, status] = ['output', 'polyline', '[role=status]'].map((it) => page.locator(it));
    expect(await output?.textContent()).toBe('–');
    const connect = page.getByRole('button', { name: 'Connect' });
    await vi.waitFor(
      async () => {
        // Vite loads the page once more when it has found what the page needs.
        if (await connect.isEnabled()) await connect.click();
        const points = await curve?.getAttribute('points');
        expect(points?.split(' ').length).toBeGreaterThanOrEqual(3);
      },
      { timeout: DEADLINE, interval: 1_000 },
    );
    const rate = (await output?.textContent()) ?? '';
    expect(rate).toMatch(RESTING);
    expect(await curve?.getAttribute('points')).toMatch(/^0,15\d 1,15\d 2,15\d/);
    expect(await page.getByRole('button').isDisabled()).toBe(true);
    expect(await status?.textContent()).not.toBe('Not connected');
    expect(errors).toEqual([]);
    await page.close();
  }

  it('shows the heart rate of a simulated strap', async () => {
    const server = runCommand(await commandOf(NAME), folder);
    running.push(server);
    await server.says(/http:\/\/localhost:\d+\//, DEADLINE);
    await expectHeartRate(/http:\/\/localhost:\d+\//.exec(server.stdout())?.[0] ?? '');
    server.interrupt();
    await server.ended(DEADLINE);
  });

  it('does so when it is built, and has nothing of Node.js in it', async () => {
    const build = runCommand('npx vite build', folder);
    running.push(build);
    const { code, output } = await build.ended(DEADLINE);
    expect(code, output).toBe(0);
    const html = await readFile(join(folder, 'dist', 'index.html'), 'utf8');
    const script = /src="\/(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    expect(await readFile(join(folder, 'dist', script), 'utf8')).not.toContain('node:');
    await expectHeartRate(BUILT);
  });

  it('says so where there is no Bluetooth, and lets try again', async () => {
    const { page, errors } = await open(BUILT);
    await page.getByRole('button', { name: 'Connect' }).click();
    await vi.waitFor(
      async () => expect(await page.locator('[role=status]').textContent()).toContain('Bluetooth'),
      {
        timeout: DEADLINE,
      },
    );
    await page.getByRole('button', { name: 'Connect' }).click();
    expect(await page.locator('output').textContent()).toBe('–');
    expect(errors).toEqual([]);
    await page.close();
  });
});

/** Browsers trust it as they trust https; nothing listens there, all is answered from `dist`. */
const BUILT = 'http://localhost/';
