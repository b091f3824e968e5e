import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { InvalidArgumentError } from '../errors.js';
import type { SessionSummary } from '../sample/index.js';
import { ArchiveError } from './errors.js';
import { guard } from './guard.js';
import { type LockedDatabase, openLocked } from './locked-database.js';
import { summarize } from './summarize.js';

/** An archive that is only read, as it was when it was opened. */
export interface ArchiveReader {
  /**
   * Asks a question in SQL (DuckDB). Whatever it says, it changes nothing, and reads nothing but this archive.
   *
   * @param sql - One SELECT over the view `heart_rate`, whose columns are those of the schema and `day`.
   * @param values - Its parameters, one for each `?`.
   * @returns The rows as objects: times as `Date` (UTC), 64-bit integers as `bigint`.
   * @throws `InvalidArgumentError` where it is no single SELECT; {@link ArchiveError} where it fails.
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
  /** Lets go of it. */
  close(): Promise<void>;
}

/**
 * Opens an archive to read it, also while another process, such as `liveheartrate demo`, writes it: of what has come
 * last it takes a copy, in the folder for temporary files, until it is closed. Needs `@duckdb/node-api`.
 *
 * @param directory - The folder, as for {@link openArchive}; it has to be there.
 * @returns The archive as it is now: what is appended later is not in it.
 * @throws `MissingDependencyError` where DuckDB is not installed; {@link ArchiveError} where there is no archive, or it
 *   cannot be read; `InvalidArgumentError` where there is no path.
 *
 * @example
 * ```ts
 * import { openArchive, readArchive } from 'liveheartrate/local';
 *
 * const archive = await openArchive('archive');
 * await archive.append([{ timestamp: new Date(), heartRate: 72, rrIntervals: [812.5], session: 'ride' }]);
 *
 * const reader = await readArchive('archive');
 * (await reader.summary('ride')).maximum; // => 72
 * await reader.close();
 * await archive.close();
 * ```
 */
export async function readArchive(directory: string): Promise<ArchiveReader> {
  const database = await openReadOnly(directory);
  const query = (sql: string, values?: readonly DuckDBValue[]) =>
    guard('queried', () => database.objects(sql, values));
  return {
    query,
    summary: (session) => summarize(query, session),
    close: () => database.close(),
  };
}

/** The database of such a reader, in which there is the view `heart_rate`. */
export async function openReadOnly(directory: string): Promise<LockedDatabase> {
  if (directory === '') throw new InvalidArgumentError('directory must be the path of a folder.');
  return guard('opened', async () => {
    const folder = await realpath(directory).catch(() => undefined);
    const names = folder === undefined ? [] : await readdir(folder);
    if (folder === undefined || !names.includes('heart_rate')) {
      throw new ArchiveError(
        `There is no archive in the folder ${JSON.stringify(directory)}. Name that of one; 'liveheartrate demo' makes one, 'archive', where it is started.`,
      );
    }
    return openLocked(join(folder, 'heart_rate'), join(folder, 'recent'));
  });
}
