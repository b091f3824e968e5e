import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openArchive } from 'liveheartrate/local';
import { say } from '../../scripts/prepare.mjs';
import { withFolder } from '../folder.mjs';
import { node } from '../node.mjs';
import { median } from '../statistics.mjs';
import { archiveOf } from './archive.mjs';
import { samplesOfDay } from './gym.mjs';

const SAMPLES = 100_000_000;
const SESSIONS = 15;
const COLD = 5;
/** So many days are written in the older layout; what it would read of all is in proportion. */
const OLDER_DAYS = 6;

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toPrecision(3)} MB`;

/** One session's highest, lowest and difference of them, in an archive of years. */
export async function measureQuery() {
  const folder = await archiveOf(SAMPLES);
  const sessions = await someSessions(folder);
  say(`One session's rates of ${SAMPLES.toLocaleString('en')} samples …`);
  /** @type {{ opening: number, ms: number[] }} */
  const open = await node('local/summary-run.mjs', [JSON.stringify({ folder, sessions })]);
  const queryMs = median(open.ms.slice(1));
  say(
    `  opening ${open.opening.toFixed(0)} ms, first question ${open.ms[0]?.toFixed(0)} ms, then ${queryMs.toFixed(1)} ms`,
  );
  const bytes = [];
  for (const session of sessions.slice(0, COLD)) {
    bytes.push(
      (await node('local/summary-run.mjs', [JSON.stringify({ folder, sessions: [session] })])).bytes,
    );
  }
  const older = await olderLayout();
  say(
    `  read with the opening ${megabytes(median(bytes))}; in the older layout ${megabytes(older.json)} of JSON, or ` +
      `${megabytes(older.parquet)} had all of it been Parquet in large files`,
  );
  return { queryMs, bytesReadRatio: median(bytes) / older.json };
}

/** Sessions all over the archive. What is in it is learned here, as it would have been with each file. @param {string} folder */
async function someSessions(folder) {
  const archive = await openArchive(folder);
  const start = performance.now();
  await archive.summary('none');
  say(`What is where in the archive is known after ${((performance.now() - start) / 1_000).toFixed(1)} s.`);
  const rows = await archive.query(
    `SELECT DISTINCT session_id FROM heart_rate WHERE sequence = 1000 ORDER BY md5(session_id) LIMIT ${SESSIONS}`,
  );
  await archive.close();
  return rows.map(({ session_id }) => String(session_id));
}

/**
 * Bytes that the older system's question reads of as many samples: it has no session and no time but text, so that
 * nothing can be left out.
 */
const olderLayout = () =>
  withFolder(async (folder) => {
    const connection = await (await DuckDBInstance.create()).connect();
    const days = Array.from({ length: OLDER_DAYS }, (_, day) => `(${samplesOfDay(day)})`).join(' UNION ALL ');
    await connection.run(`
      CREATE TABLE older AS
      SELECT strftime("timestamp", '%Y-%m-%dT%H:%M:%S.%f') AS "timestamp", heart_rate FROM (${days})`);
    const counted = await connection.runAndReadAll('SELECT count(*)::INT AS samples FROM older');
    const samples = Number(counted.getRowObjectsJS()[0]?.samples);
    const read = async (/** @type {'json' | 'parquet'} */ format) => {
      const file = join(folder, `older.${format}`);
      await connection.run(`COPY older TO '${file}' (FORMAT ${format})`);
      const span = { from: '2024-01-02 10:00:00', to: '2024-01-02 11:00:00' };
      // Athena has the columns from its catalogue: looking for them would read the beginning once more.
      const columns = format === 'json' ? ", columns = {timestamp: 'VARCHAR', heart_rate: 'INTEGER'}" : '';
      const words = JSON.stringify({ source: `read_${format}('${file}'${columns})`, ...span });
      const { bytes } = await node('local/older-run.mjs', [words]);
      return (bytes / samples) * SAMPLES;
    };
    return { json: await read('json'), parquet: await read('parquet') };
  });
