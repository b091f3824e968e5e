import { join } from 'node:path';
import type { DuckDBResult, DuckDBValue, JS, Json } from '@duckdb/node-api';
import { InvalidArgumentError } from '../errors.js';
import { tableColumns } from '../sample/index.js';
import { literal, loadDuckDB } from './duckdb.js';
import { failureOf } from './guard.js';
import { parquetFiles, readParquet } from './parquet-files.js';
import { takeSnapshot } from './snapshot.js';

export type { Json };

/** An answer, of which a part at a time is read. */
interface Answer {
  /** Each column, with its type in the words of DuckDB. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Some rows after the other, each value as JSON has it: times as text, 64-bit integers too. */
  readonly parts: AsyncIterable<readonly (readonly Json[])[]>;
}

/** A database that answers questions and does nothing else, whatever they say. */
export interface LockedDatabase {
  /** Asks; an abortion interrupts it. */
  ask(sql: string, values?: readonly DuckDBValue[], signal?: AbortSignal): Promise<Answer>;
  /** Asks, and answers all rows as objects. */
  objects(sql: string, values?: readonly DuckDBValue[]): Promise<Record<string, JS>[]>;
  /** How much of a question is done, 0 to 1; `undefined` where that is not known. */
  progress(): number | undefined;
  /** Closes it, and removes what is left of it. */
  close(): Promise<void>;
}

/**
 * Opens an archive as a view `heart_rate` in a database in memory.
 *
 * @param days - The folder of its Parquet files.
 * @param beside - The folder of the database with what has come last.
 */
export async function openLocked(days: string, beside: string): Promise<LockedDatabase> {
  const duckdb = await loadDuckDB();
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const run = (sql: string) => connection.run(sql);
  const names = tableColumns('duckdb').map(({ name }) => name);
  const columns = tableColumns('duckdb').map(({ name, type }) => `${name} ${type}`);
  await run(`CREATE TABLE recent (${columns.join(', ')})`);
  let exported: string | undefined;
  const snapshot = await takeSnapshot(beside, 'recent.duckdb', async (file) => {
    // A log that is not written back yet is read with it.
    await run(`ATTACH ${literal(file)} AS latest (READ_ONLY)`);
    try {
      await run(`CREATE OR REPLACE TABLE recent AS SELECT ${names.join(', ')} FROM latest.recent`);
      const reader = await connection.runAndReadAll('SELECT name FROM latest.export');
      exported = String(reader.getRows()[0]?.[0]);
    } finally {
      await run('DETACH latest');
    }
  }).catch((error: unknown) => {
    connection.closeSync();
    instance.closeSync();
    throw error;
  });

  async function close() {
    connection.closeSync();
    instance.closeSync();
    await snapshot.remove();
  }
  try {
    // What moves into Parquet from now on has that name, and is in the copy.
    const files = await parquetFiles(days, exported);
    const all = `SELECT * FROM recent UNION ALL (${readParquet(days, files)})`;
    await run(`CREATE VIEW heart_rate AS SELECT *, "timestamp"::DATE AS day FROM (${all})`);
    // From here on no statement reads or writes another file, nor can one change that.
    await run(`SET temp_directory = ${literal(join(snapshot.folder, 'spill'))}`);
    await run(`SET allowed_paths = [${files.map((file) => literal(join(days, file))).join(', ')}]`);
    await run("SET TimeZone = 'UTC'");
    await run('SET enable_external_access = false');
    await run('SET lock_configuration = true');
  } catch (error) {
    await close();
    throw error;
  }

  async function start(sql: string, values: readonly DuckDBValue[]): Promise<DuckDBResult> {
    if (sql.trim() === '') throw new InvalidArgumentError(ONE);
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new InvalidArgumentError(ONE);
    const statement = await statements.prepare(0);
    if (statement.statementType !== duckdb.StatementType.SELECT) throw new InvalidArgumentError(ONE);
    if (statement.parameterCount !== values.length) {
      throw new InvalidArgumentError(
        `The SELECT has ${statement.parameterCount} parameters, and ${values.length} values were given.`,
      );
    }
    statement.bind([...values]);
    return statement.stream();
  }

  return {
    async ask(sql, values = [], signal) {
      signal?.throwIfAborted();
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt);
      const result = await start(sql, values).catch((error: unknown) => {
        throw failureOf('queried', error);
      });
      const types = result.columnTypes();
      return {
        columns: result.deduplicatedColumnNames().map((name, at) => ({ name, type: String(types[at]) })),
        parts: parts(result, () => signal?.removeEventListener('abort', interrupt)),
      };
    },
    async objects(sql, values = []) {
      const result = await start(sql, values);
      const rows: Record<string, JS>[] = [];
      for await (const part of result.yieldRowObjectJs()) rows.push(...part);
      return rows;
    },
    progress() {
      const { percentage } = connection.progress;
      return percentage < 0 ? undefined : percentage / 100;
    },
    close,
  };
}

const ONE = 'The question must be one SELECT, such as: SELECT max(heart_rate) FROM heart_rate';

async function* parts(result: DuckDBResult, end: () => void) {
  try {
    for await (const rows of result.yieldRowsJson()) yield rows;
  } catch (error) {
    throw failureOf('queried', error);
  } finally {
    end();
  }
}
