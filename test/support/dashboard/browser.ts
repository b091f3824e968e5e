import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const DEADLINE_MS = 120_000;

/** A Chromium, in which each page is of somebody else. */
export interface Viewers {
  /** Opens a page for somebody new; what it complains about is put into `complaints`. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** What pages have said is wrong: errors, and what their policy has refused. */
  readonly complaints: string[];
  stop(): Promise<void>;
}

/** Starts Chromium. */
export async function startViewers(machine: { program: string; libraries: string }): Promise<Viewers> {
  const home = await mkdtemp(join(tmpdir(), 'liveheartrate-viewers-'));
  await mkdir(join(home, '.config'));
  const { LD_LIBRARY_PATH, ...inherited } = process.env as Record<string, string>;
  const libraries = machine.libraries || LD_LIBRARY_PATH;
  const browser = await chromium.launch({
    executablePath: machine.program,
    headless: true,
    timeout: DEADLINE_MS,
    env: { ...inherited, ...(libraries && { LD_LIBRARY_PATH: libraries }), HOME: home },
    args: ['--disable-gpu', '--no-first-run', '--disable-sync', '--enable-precise-memory-info'],
  });
  const complaints: string[] = [];
  return {
    complaints,
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1_200, height: 900 }, ...options });
      context.setDefaultTimeout(DEADLINE_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        const text = message.text();
        // That the server cannot be reached is what some tests are about.
        if (message.type() === 'error' && !text.includes('net::ERR_')) complaints.push(text);
      });
      await page.goto(url);
      return page;
    },
    async stop() {
      await browser.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
