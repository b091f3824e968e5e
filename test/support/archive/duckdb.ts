import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { tableColumns } from '../../../src/sample/index.js';
import type { ArchiveFile } from './cases.js';
import { plain } from './plain.js';

export interface Duck {
  run(sql: string): Promise<void>;
  /** The rows of an answer, as the cases write them. */
  ask(sql: string, parameters?: readonly string[]): Promise<Record<string, unknown>[]>;
  close(): void;
}

/** A database in memory. */
export async function openDuck(): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection: DuckDBConnection = await instance.connect();
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async ask(sql, parameters = []) {
      return plain((await connection.runAndReadAll(sql, [...parameters])).getRowObjectsJson());
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A query whose rows are those of a file, with every column of the schema. */
export function rowsOf({ rows }: ArchiveFile): string {
  const values = rows.map((row) => {
    const columns = tableColumns('duckdb').map(({ name, type }) => {
      const value = Object.entries(row).find(([its]) => its === name)?.[1];
      return `${value === undefined ? 'NULL' : `'${value}'`}::${type} AS "${name}"`;
    });
    return `SELECT ${columns.join(', ')}`;
  });
  return values.join(' UNION ALL ');
}
