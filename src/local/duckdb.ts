import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { MissingDependencyError } from '../errors.js';

/** One open DuckDB database. */
export interface Database {
  /** Runs a statement. */
  run(sql: string, values?: readonly DuckDBValue[]): Promise<void>;
  /** Runs a query; times come as `Date` (UTC), 64-bit integers as `bigint`. */
  rows(sql: string, values?: readonly DuckDBValue[]): Promise<Record<string, unknown>[]>;
  /** Closes it. */
  close(): void;
}

/** Opens a database file, which no other process can open meanwhile: the operating system holds the lock. */
export async function openDatabase(path: string): Promise<Database> {
  const duckdb = await loadDuckDB();
  // Nothing is to be fetched from anywhere: what the archive needs is built in.
  const instance = await duckdb.DuckDBInstance.create(path, { autoinstall_known_extensions: 'false' });
  const connection: DuckDBConnection = await instance.connect();
  return {
    async run(sql, values = []) {
      await connection.run(sql, [...values]);
    },
    async rows(sql, values = []) {
      return (await connection.runAndReadAll(sql, [...values])).getRowObjectsJS();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Only an archive needs it. */
export async function loadDuckDB(): Promise<typeof import('@duckdb/node-api')> {
  return import('@duckdb/node-api').catch((cause: unknown) => {
    throw new MissingDependencyError('The archive needs DuckDB: npm install @duckdb/node-api', { cause });
  });
}

/** Text as an SQL literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
