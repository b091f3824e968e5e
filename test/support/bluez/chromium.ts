import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { startVirtualBluez, type VirtualBluez, type VirtualBluezOptions } from './virtual-bluez.ts';

/** Browsers trust it as they trust https; nothing listens there, all is answered here. */
const ORIGIN = 'http://localhost/';
const SCRIPT = '/script.js';
const DEADLINE_MS = 120_000;

/** What the chooser does: takes the device of this name, or is closed. */
type Choice = { readonly choose: string } | 'close';

/** A page in a real Chromium that has virtual straps around. */
export interface BluetoothPage {
  readonly page: Page;
  readonly bluez: VirtualBluez;
  /** What the next choosers are answered with; at first the strap 1 is chosen. */
  answer(choice: Choice): void;
  /** How many choosers there were. */
  choosers(): number;
  stop(): Promise<void>;
}

/** Opens a page with this program in it, bundled as for a web site, and a button `#button`. */
export async function openBluetoothPage(
  machine: { program: string; dbusDaemon: string; libraries: string },
  options: VirtualBluezOptions & { program: string },
): Promise<BluetoothPage> {
  const script = await bundle(options.program);
  const bluez = await startVirtualBluez(machine, options);
  const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-chromium-'));
  const stopAll = async () => {
    await bluez.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await launch(machine, folder, bluez.address);
    const stop = async () => {
      await browser.close();
      await stopAll();
    };
    try {
      browser.setDefaultTimeout(DEADLINE_MS);
      const page = browser.pages()[0] ?? (await browser.newPage());
      await page.route('**/*', (route) =>
        route.fulfill(
          new URL(route.request().url()).pathname === SCRIPT
            ? { contentType: 'text/javascript', body: script }
            : { contentType: 'text/html', body: html },
        ),
      );
      const chooser = await answerChoosers(page);
      await page.goto(ORIGIN);
      return { page, bluez, ...chooser, stop };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await stopAll();
    throw error;
  }
}

const html = `<!doctype html>
<button id="button" style="width: 99px; height: 99px">Connect</button>
<script src="${SCRIPT}"></script>`;

async function launch(machine: { program: string; libraries: string }, folder: string, bus: string) {
  const home = join(folder, 'home');
  await mkdir(home);
  const { LD_LIBRARY_PATH, ...inherited } = process.env as Record<string, string>;
  const libraries = machine.libraries || LD_LIBRARY_PATH;
  return chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: machine.program,
    headless: true,
    timeout: DEADLINE_MS,
    env: {
      ...inherited,
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
      HOME: home,
      DBUS_SYSTEM_BUS_ADDRESS: bus,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    },
    args: ['--disable-gpu', '--no-first-run', '--disable-sync', '--enable-features=WebBluetooth'],
  });
}

async function answerChoosers(page: Page): Promise<Pick<BluetoothPage, 'answer' | 'choosers'>> {
  const devtools = await page.context().newCDPSession(page);
  // Each is told again when another device is heard, and Chromium does not survive a second answer.
  const answered = new Set<string>();
  const seen = new Set<string>();
  let choice: Choice = { choose: 'Virtual HRM 1' };
  devtools.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
    seen.add(id);
    if (answered.has(id)) return;
    const wanted = devices.find(({ name }) => choice !== 'close' && name === choice.choose);
    if (choice !== 'close' && wanted === undefined) return;
    answered.add(id);
    const answer = wanted
      ? devtools.send('DeviceAccess.selectPrompt', { id, deviceId: wanted.id })
      : devtools.send('DeviceAccess.cancelPrompt', { id });
    answer.catch(() => undefined); // the page is gone
  });
  await devtools.send('DeviceAccess.enable');
  return {
    answer: (next) => {
      choice = next;
    },
    choosers: () => seen.size,
  };
}

/** Bundles a program, with everything it imports, as for a web page. */
async function bundle(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}
