import { setTimeout as sleep } from 'node:timers/promises';
import { startDashboard } from '../../dist/dashboard.js';
import { startLocalPipeline } from '../../dist/local.js';
import { openPage } from './browser.mjs';
import { crowd } from './crowd.mjs';

const SENSORS = 50;
const HOUR = 3_600;

/**
 * What the page takes with an hour of 50 sensors, and then to keep up with them: memory in MiB, and tasks in which it
 * could not react, ms.
 *
 * @param {string} folder
 * @param {{ paces: readonly number[], seconds: number }} options samples a second of each sensor, once the history is
 *   there, and for how many seconds
 */
export async function measurePage(folder, { paces, seconds }) {
  // What is shown alone is looked at: nothing is indexed or archived.
  const pipeline = await startLocalPipeline({ directory: folder });
  const samples = crowd(SENSORS);
  const dashboard = await startDashboard({ pipeline, port: 0 });
  for (let second = HOUR; second > 0; second--)
    for (const sample of samples(Date.now() - second * 1_000)) dashboard.show(sample);

  const { page, close } = await openPage();
  try {
    const loading = await page.tasksDuring(async () => {
      await page.open(`${dashboard.url}#minutes=60`);
      // Of each it knows what was last, a while ago.
      const known = `[...document.querySelectorAll('.card .note')].filter((note) => note.textContent.endsWith(' ago'))`;
      await page.until(`${known}.length === ${SENSORS}`);
      await page.until(`/^Last hour: \\d/.test(document.querySelector('#rate-text').textContent)`);
    });
    let memory = await page.memory();
    const following = [];
    for (const pace of paces) {
      const tasks = await page.tasksDuring(async () => {
        for (let tick = 0; tick < seconds * pace; tick++) {
          for (const sample of samples(Date.now())) dashboard.show(sample);
          if (tick % pace === 0) memory = Math.max(memory, await page.memory());
          await sleep(1_000 / pace);
        }
      });
      following.push({ pace, ...tasks });
    }
    return { sensors: SENSORS, hours: 1, memory, process: await page.processMemory(), loading, following };
  } finally {
    await close();
    await dashboard.close();
    await pipeline.close();
  }
}
