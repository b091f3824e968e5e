import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../../scripts/prepare.mjs';
import { cacheFolder } from '../../scripts/servers.mjs';
import { samplesOfDay } from './gym.mjs';
import { loadWriter } from './writer.mjs';

/** So many samples wait in an open archive before they move into Parquet. */
const A_MOVE = 100_000;

/**
 * The folder of an archive of so many samples, as an archive that is closed each night leaves it: a move for each
 * 100,000 samples of a day, and one for the rest. It is made once.
 * @param {number} samples
 */
export async function archiveOf(samples) {
  const folder = join(cacheFolder, 'bench', `archive-${samples}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const name of ['heart_rate', 'recent']) mkdirSync(join(unfinished, name), { recursive: true });
  say(`Making an archive of ${samples.toLocaleString('en')} samples, once: some minutes …`);
  await write(samples, unfinished);
  renameSync(unfinished, folder);
  return folder;
}

/** @param {number} samples @param {string} folder */
async function write(samples, folder) {
  const { ParquetTable, openDatabase } = await loadWriter();
  const database = await openDatabase(':memory:');
  const table = new ParquetTable(join(folder, 'heart_rate'), join(folder, 'recent', 'export'));
  for (let day = 0, left = samples; left > 0; day++) {
    await database.run(`
      CREATE OR REPLACE TEMP TABLE day AS
      SELECT *, (row_number() OVER () - 1) // ${A_MOVE} AS move FROM (${samplesOfDay(day)}) LIMIT ${left}`);
    const [{ n, moves }] = await database.rows(
      'SELECT count(*)::INT AS n, max(move)::INT + 1 AS moves FROM day',
    );
    for (let move = 0; move < moves; move++) {
      const [{ name }] = await database.rows('SELECT uuid()::VARCHAR AS name');
      await table.write(database, `SELECT * EXCLUDE move FROM day WHERE move = ${move}`, name);
    }
    left -= n;
    if (day % 50 === 49) say(`  ${(samples - left).toLocaleString('en')} samples of ${day + 1} days`);
  }
  database.close();
}
