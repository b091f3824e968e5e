import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { InvalidArgumentError } from '../errors.js';
import type { SessionSummary, StoredSample } from '../sample/index.js';
import type { ArchiveError } from './errors.js';
import { guard } from './guard.js';
import { parquetFiles, parquetSource, readParquet } from './parquet-files.js';
import { ParquetTable } from './parquet-table.js';
import { queue } from './queue.js';
import { RecentSamples } from './recent-samples.js';
import { reserve } from './reserve.js';
import { SessionFiles } from './session-files.js';
import { summarize } from './summarize.js';

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
   * @param of - Of which session alone the question is: then only the files in which it is are read. The query still has
   *   to say so.
   * @returns The rows as objects: times as `Date` (UTC), 64-bit integers as `bigint`.
   * @throws {@link ArchiveError} where the query fails.
   */
  query(
    sql: string,
    values?: readonly DuckDBValue[],
    of?: { readonly session: string },
  ): Promise<Record<string, unknown>[]>;
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
  const sessions = new SessionFiles(database);
  /** The files that count: nobody else writes here, so they are looked for again only after a move or a fault. */
  let files: string[] | undefined;

  async function list(): Promise<string[]> {
    const found = await parquetFiles(days, await recent.name());
    await sessions.update(found, (some) => parquetSource(days, some));
    return found;
  }

  async function move(): Promise<void> {
    if (recent.count === 0) return;
    // Until they are cleared the files do not count, and after a crash they are written again.
    await table.write(database, 'SELECT * FROM recent', await recent.name());
    await recent.clear();
    files = undefined;
  }

  const archive: Archive = {
    append: (samples) =>
      oneAtATime('written', async () => {
        await recent.add(samples);
        // They are safe already, so that moving them fails is no failure of this; it is tried again with the next.
        if (recent.count >= RECENT_SAMPLES) await move().catch(() => undefined);
      }),
    query: (sql, values, of) =>
      oneAtATime('queried', async () => {
        try {
          files ??= await list();
          const read = of ? await sessions.of(of.session) : files;
          const all = `SELECT * FROM recent UNION ALL (${readParquet(days, read)})`;
          await database.run(
            `CREATE OR REPLACE TEMP VIEW heart_rate AS SELECT *, "timestamp"::DATE AS day FROM (${all})`,
          );
          return await database.rows(sql, values);
        } catch (error) {
          files = undefined;
          throw error;
        }
      }),
    summary: (session) => summarize((sql, values) => archive.query(sql, values, { session }), session),
    close: () =>
      oneAtATime('closed', move).finally(() => {
        database.close();
        release();
      }),
  };
  return archive;
}
