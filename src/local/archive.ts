import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { MissingDependencyError } from '../errors.js';
import { type SessionSummary, summaryQuery, tableColumns } from '../sample/index.js';
import { ArchiveError } from './errors.js';
import { Journal } from './journal.js';

/** Samples on disk for ever: Parquet files in a folder for each day (UTC), which any tool reads. */
export interface Archive {
  /**
   * Appends samples. They are on the disk when the promise resolves, and in Parquet when the archive is next
   * queried or closed.
   *
   * @param lines - Samples in the wire format.
   * @throws {@link ArchiveError} where they cannot be written.
   */
  append(lines: Uint8Array): Promise<void>;
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
  /** Moves what is left into Parquet and closes the database. */
  close(): Promise<void>;
}

/** At this size the journal moves into Parquet, bytes. */
const JOURNAL_BYTES = 8 * 2 ** 20;

/**
 * Opens an archive in a folder, and takes over what a process that was killed left there. Several processes may
 * append to one folder. Needs `@duckdb/node-api`.
 *
 * @param directory - The folder; made where it does not exist, with access for its owner alone.
 * @returns The archive.
 * @throws `MissingDependencyError` where DuckDB is not installed; {@link ArchiveError} where the folder cannot be used.
 *
 * @example
 * ```ts
 * import { openArchive } from 'liveheartrate/local';
 *
 * const archive = await openArchive('archive');
 * await archive.append(Buffer.from('{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":72}\n'));
 * const [row] = await archive.query('SELECT max(heart_rate) AS maximum FROM heart_rate');
 * row?.['maximum']; // => 72
 * await archive.close();
 * ```
 */
export async function openArchive(directory: string): Promise<Archive> {
  const table = join(directory, 'heart_rate');
  const journal = new Journal(join(directory, 'journal'));
  await guard('opened', () => mkdir(table, { recursive: true, mode: 0o700 }));
  const { connection, close } = await connectToDuckDb();
  const oneAtATime = queue();

  const compact = async () => {
    for (const path of await journal.ready()) {
      await connection.run(copyToParquet(path, table));
      await journal.remove(path);
    }
  };

  const archive: Archive = {
    append: (lines) =>
      oneAtATime('written', async () => {
        await journal.append(lines);
        if (journal.bytes >= JOURNAL_BYTES) await compact();
      }),
    query: (sql, values = []) =>
      oneAtATime('queried', async () => {
        await compact();
        await connection.run(await view(table));
        return (await connection.runAndReadAll(sql, [...values])).getRowObjectsJS();
      }),
    async summary(session) {
      const [row] = await archive.query(summaryQuery('heart_rate'), [session]);
      return { ...row, samples: Number(row?.samples) } as SessionSummary;
    },
    close: () => oneAtATime('closed', compact).finally(close),
  };
  return archive;
}

/** Writing the same file again replaces it, so a move that was cut off is simply repeated. */
function copyToParquet(path: string, table: string): string {
  const columns = tableColumns('duckdb').map(({ name, type }) => `${literal(name)}: ${literal(type)}`);
  return `
    COPY (
      SELECT *, strftime("timestamp", '%Y-%m-%d') AS day
      FROM read_json(${literal(path)}, format = 'newline_delimited', columns = {${columns.join(', ')}})
      ORDER BY session_id, sequence, "timestamp"
    ) TO ${literal(table)} (
      FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), OVERWRITE_OR_IGNORE,
      FILENAME_PATTERN ${literal(`${basename(path, '.jsonl')}-`)}
    )`;
}

async function view(table: string): Promise<string> {
  const files = join(table, '*', '*.parquet');
  const days = await readdir(table);
  const columns = tableColumns('duckdb').map(({ name, type }) => `NULL::${type} AS ${name}`);
  // DuckDB cannot read no file at all.
  const rows =
    days.length > 0 ? `SELECT * FROM read_parquet(${literal(files)}, hive_partitioning = true)` : undefined;
  return `CREATE OR REPLACE TEMP VIEW heart_rate AS ${rows ?? `SELECT ${columns.join(', ')}, NULL::DATE AS day LIMIT 0`}`;
}

async function connectToDuckDb(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const duckdb = await import('@duckdb/node-api').catch((cause: unknown) => {
    throw new MissingDependencyError('The archive needs DuckDB: npm install @duckdb/node-api', { cause });
  });
  // Nothing is to be fetched from anywhere: what the archive needs is built in.
  const instance = await duckdb.DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  return {
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new ArchiveError(`The archive could not be ${what}: ${reason}`, { cause: error });
  }
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
