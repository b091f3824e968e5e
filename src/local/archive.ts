import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { LiveHeartRateError } from '../errors.js';
import {
  type SessionSummary,
  type StoredSample,
  summaryQuery,
  tableColumns,
  toDocument,
} from '../sample/index.js';
import { type Database, openDatabase } from './duckdb.js';
import { ArchiveError } from './errors.js';
import { ParquetTable } from './parquet-table.js';

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

const columns = tableColumns('duckdb');
const names = columns.map(({ name }) => name).join(', ');
/** How DuckDB reads the documents of samples out of JSON. */
const structure = JSON.stringify([
  Object.fromEntries(
    columns.map(({ name, type }) => [name, type.endsWith('[]') ? [type.slice(0, -2)] : type]),
  ),
]);

const insert = `INSERT INTO recent SELECT ${names} FROM (SELECT unnest(from_json(?, '${structure}'), recursive := true))`;
/** Within one statement DuckDB takes even two rows without an identity for a conflict, so those are not for it. */
const insertOnce = `${insert} ON CONFLICT DO NOTHING`;

type Document = Record<string, unknown>;
const hasIdentity = ({ session_id, sequence }: Document) =>
  session_id !== undefined && sequence !== undefined;
const hasNone = (document: Document) => !hasIdentity(document);

/**
 * Opens an archive in a folder, with everything that was appended before, also by a process that was killed. One at a
 * time: while it is open, no other process can open the folder. Needs `@duckdb/node-api`.
 *
 * @param directory - The folder; made where it does not exist.
 * @returns The archive.
 * @throws `MissingDependencyError` where DuckDB is not installed; {@link ArchiveError} where the folder cannot be
 *   used, or is in use.
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
  const days = join(directory, 'heart_rate');
  const recent = join(directory, 'recent');
  const release = await guard('opened', async () => {
    for (const folder of [days, recent]) await mkdir(folder, { recursive: true, mode: 0o700 });
    return reserve(await realpath(directory));
  });
  const table = new ParquetTable(days, join(recent, 'export'));
  const database = await guard('opened', () => openRecent(join(recent, 'recent.duckdb'))).catch(
    (error: unknown) => {
      release();
      throw error;
    },
  );
  let waiting = Number((await database.rows('SELECT count(*) AS n FROM recent'))[0]?.n);
  const oneAtATime = queue();

  async function move(): Promise<void> {
    if (waiting === 0) return;
    await table.write(database, 'SELECT * FROM recent', await exportName(database));
    // Until this is done the files do not count, and are written again after a crash.
    await inTransaction(database, ['DELETE FROM recent'], ['UPDATE export SET name = uuid()::VARCHAR']);
    waiting = 0;
    await database.run('CHECKPOINT');
  }

  const archive: Archive = {
    append: (samples) =>
      oneAtATime('written', async () => {
        const documents = samples.map(toDocument);
        await inTransaction(
          database,
          [insertOnce, documents.filter(hasIdentity)],
          [insert, documents.filter(hasNone)],
        );
        waiting += samples.length;
        // They are safe already, so that moving them fails is no failure of this; it is tried again with the next.
        if (waiting >= RECENT_SAMPLES) await move().catch(() => undefined);
      }),
    query: (sql, values) =>
      oneAtATime('queried', async () => {
        const moved = await table.query(await exportName(database));
        const all = `SELECT * FROM recent UNION ALL (${moved})`;
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

async function openRecent(path: string): Promise<Database> {
  const database = await openDatabase(path);
  const definitions = columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  await database.run(`CREATE TABLE IF NOT EXISTS recent (${definitions}, UNIQUE (session_id, sequence))`);
  // The name of the next files is kept with the samples, so that after a crash they are written over, not beside.
  await database.run('CREATE TABLE IF NOT EXISTS export AS SELECT uuid()::VARCHAR AS name');
  return database;
}

async function inTransaction(
  database: Database,
  ...statements: [sql: string, documents?: Document[]][]
): Promise<void> {
  await database.run('BEGIN');
  try {
    for (const [sql, documents] of statements)
      await database.run(sql, documents && [JSON.stringify(documents)]);
    await database.run('COMMIT');
  } catch (error) {
    await database.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function exportName(database: Database): Promise<string> {
  return String((await database.rows('SELECT name FROM export'))[0]?.name);
}

/** The folders in use in this process, where the lock of the operating system does not hold; one for every copy of this module. */
const inUse = shared('liveheartrate.archives', () => new Set<string>());

function shared<Value>(name: string, make: () => Value): Value {
  const everywhere = globalThis as unknown as Record<symbol, Value | undefined>;
  const key = Symbol.for(name);
  const value = everywhere[key] ?? make();
  everywhere[key] = value;
  return value;
}

function reserve(directory: string): () => void {
  if (inUse.has(directory)) throw new Error('it is open in this process already');
  inUse.add(directory);
  return () => inUse.delete(directory);
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
