// Makes the picture of the dashboard in the README: node scripts/picture.mjs, in about three minutes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lastValueFrom, Subject, take, tap, toArray } from 'rxjs';
import { launchChromium } from './launch-chromium.mjs';
import { prepare } from './prepare.mjs';

const PICTURE = fileURLToPath(new URL('../docs/dashboard.png', import.meta.url));
const SENSORS = 4;
/** So much has been before, seconds: a whole workout, and the next one up to its first hard interval. */
const PAST = 56 * 60;
/** So much comes while it is looked at: after a minute the latency is that of now. */
const PRESENT = 100;

prepare();
const { heartRates, sendTo } = await import('../dist/index.js');
const { simulatedCentral } = await import('../dist/simulator.js');
const { startLocalPipeline } = await import('../dist/local.js');
const { startDashboard } = await import('../dist/dashboard.js');

/** What the straps of the simulator send in all that time, as if it began so long ago that the present is now. */
const central = simulatedCentral({
  ...{ sensors: SENSORS, seed: 5, speed: 1_000 },
  start: new Date(Date.now() - PAST * 1_000),
});
const count = SENSORS * (PAST + PRESENT);
const all = await lastValueFrom(heartRates(central, { silence: 60_000 }).pipe(take(count), toArray()));
const shift = Date.now() - (all[SENSORS * PAST]?.timestamp.getTime() ?? 0);
const samples = all.map((sample) => ({ ...sample, timestamp: new Date(sample.timestamp.getTime() + shift) }));

const directory = await mkdtemp(join(tmpdir(), 'liveheartrate-picture-'));
const pipeline = await startLocalPipeline({ directory });
const dashboard = await startDashboard({ pipeline, port: 0, source: `${SENSORS} simulated straps` });
const browser = await launchChromium();
try {
  const samples$ = new Subject();
  const settled = lastValueFrom(samples$.pipe(tap(dashboard.show), sendTo(pipeline.sink)));
  const page = await browser.newPage({ viewport: { width: 1_200, height: 900 }, colorScheme: 'light' });
  await page.goto(`${dashboard.url}#minutes=60`);
  for (const sample of samples) {
    await sleep(Math.max(0, sample.timestamp.getTime() - Date.now()));
    samples$.next(sample);
  }
  await sleep(500);
  await page.screenshot({ path: PICTURE, fullPage: true });
  samples$.complete();
  await settled;
} finally {
  await browser.close();
  await dashboard.close();
  await pipeline.close();
  await rm(directory, { recursive: true });
}
