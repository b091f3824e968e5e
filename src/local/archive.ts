import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { InvalidArgumentError, LiveHeartRateError } from '../errors.js';
import { type SessionSummary, type StoredSample, summaryQuery } from '../sample/index.js';
import { ArchiveError } from './errors.js';
import { ParquetTable } from './parquet-table.js';
import { RecentSamples } from './recent-samples.js';
import { reserve } from './reserve.js';

/**
 * Samples on disk for ever: Parquet files in a folder for each day (UTC), which any tool reads. What has come last
 * waits in a database beside them; queries see both.
 */
export interface Archive {
  /**
   * Appends samples: all of them are on the disk when the promise resolves, or none when it rejects. A sample whose
   * identity has been appended before changes nothing until it has moved into Parquet.
   *
   * @param samples - The samples.
   * @throws {@link ArchiveError} where they cannot be written.
   */
  append(samples: readonly StoredSample[]): Promise<void>;
  /**
   * Asks a question in SQL (DuckDB) of everything appended so far.
   *
   * @param sql - A query over the view `heart_rate`, whose columns are those of the schema and `day`.
   * @param values - Its parameters, one for each `?`.
   * @returns The rows as objects: times as `Date` (UTC), 64-bit integers as `bigint`.
   * @throws {@link ArchiveError} where the query fails.
   */
  query(sql: string, values?: readonly DuckDBValue[]): Promise<Record<string, unknown>[]>;
  /**
   * Sums up one session.
   *
   * @param session - The session.
   * @returns Count, first and last time, and rates.
   * @throws {@link ArchiveError} where the query fails.
   */
  summary(session: string): Promise<SessionSummary>;
  /**
   * Moves what is left into Parquet and lets go of the folder.
   *
   * @throws {@link ArchiveError} where it cannot be moved; it stays in the database.
   */
  close(): Promise<void>;
}

/** So many samples wait at most before they move into Parquet. */
const RECENT_SAMPLES = 100_000;

/**
 * Opens an archive in a folder, with everything that was appended before, also by a process that was killed. One at a
 * time: while it is open, no other process can open the folder. Needs `@duckdb/node-api`.
 *
 * @param directory - The folder; made where it does not exist.
 * @returns The archive.
 * @throws `MissingDependencyError` where DuckDB is not installed; {@link ArchiveError} where the folder cannot be
 *   used, or is in use; `InvalidArgumentError` where there is no path.
 *
 * @example
 * ```ts
 * import { openArchive } from 'liveheartrate/local';
 *
 * const archive = await openArchive('archive');
 * await archive.append([{ timestamp: new Date(), heartRate: 72, rrIntervals: [812.5] }]);
 * const [row] = await archive.query('SELECT max(heart_rate) AS maximum FROM heart_rate');
 * row?.['maximum']; // => 72
 * await archive.close();
 * ```
 */
export async function openArchive(directory: string): Promise<Archive> {
  if (directory === '') throw new InvalidArgumentError('directory must be the path of a folder.');
  const days = join(directory, 'heart_rate');
  const beside = join(directory, 'recent');
  const release = await guard('opened', async () => {
    for (const folder of [days, beside]) await mkdir(folder, { recursive: true, mode: 0o700 });
    return reserve(await realpath(directory));
  });
  const recent = await guard('opened', () => RecentSamples.open(join(beside, 'recent.duckdb'))).catch(
    (error: unknown) => {
      release();
      throw error;
    },
  );
  const table = new ParquetTable(days, join(beside, 'export'));
  const { database } = recent;
  const oneAtATime = queue();

  async function move(): Promise<void> {
    if (recent.count === 0) return;
    // Until they are cleared the files do not count, and after a crash they are written again.
    await table.write(database, 'SELECT * FROM recent', await recent.name());
    await recent.clear();
  }

  const archive: Archive = {
    append: (samples) =>
      oneAtATime('written', async () => {
        await recent.add(samples);
        // They are safe already, so that moving them fails is no failure of this; it is tried again with the next.
        if (recent.count >= RECENT_SAMPLES) await move().catch(() => undefined);
      }),
    query: (sql, values) =>
      oneAtATime('queried', async () => {
        const all = `SELECT * FROM recent UNION ALL (${await table.query(await recent.name())})`;
        await database.run(
          `CREATE OR REPLACE TEMP VIEW heart_rate AS SELECT *, "timestamp"::DATE AS day FROM (${all})`,
        );
        return database.rows(sql, values);
      }),
    async summary(session) {
      const [row] = await archive.query(summaryQuery('heart_rate'), [session]);
      return { ...row, samples: Number(row?.samples) } as SessionSummary;
    },
    close: () =>
      oneAtATime('closed', move).finally(() => {
        database.close();
        release();
      }),
  };
  return archive;
}

/** Runs one task after the other, whether the one before failed or not. */
function queue(): <Value>(what: string, task: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (what, task) => {
    const next = last.then(() => guard(what, task));
    last = next.catch(() => undefined);
    return next;
  };
}

async function guard<Value>(what: string, task: () => Promise<Value>): Promise<Value> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof LiveHeartRateError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = reason.includes('Could not set lock') ? 'Another process has it open.' : reason;
    throw new ArchiveError(`The archive could not be ${what}: ${remedy}`, { cause: error });
  }
}
