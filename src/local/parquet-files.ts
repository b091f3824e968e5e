import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tableColumns } from '../sample/index.js';
import { literal } from './duckdb.js';

/**
 * The Parquet files in the folders of days, as `day=…/name.parquet`.
 *
 * @param folder - Where the days are.
 * @param without - Name of an export whose files are left out.
 */
export async function parquetFiles(folder: string, without?: string): Promise<string[]> {
  const days = (await readdir(folder)).filter((name) => name.startsWith('day='));
  const files = days.map(async (day) => {
    const names = (await readdir(join(folder, day))).filter((name) => name.endsWith('.parquet'));
    const whole = without === undefined ? names : names.filter((name) => !name.startsWith(without));
    return whole.map((name) => `${day}/${name}`);
  });
  return (await Promise.all(files)).flat();
}

/** What stands after `FROM` for such files, one at least: their columns, and `filename`. */
export function parquetSource(folder: string, files: readonly string[]): string {
  const paths = files.map((file) => literal(escapeGlob(join(folder, file))));
  // The folders on the way may be named anything, also `sequence=7`.
  return `read_parquet([${paths.join(', ')}], hive_partitioning = false, filename = true)`;
}

/** The query that reads such files. */
export function readParquet(folder: string, files: readonly string[]): string {
  // DuckDB cannot read no file at all.
  const columns = tableColumns('duckdb').map(
    ({ name, type }) => `${files.length > 0 ? name : `NULL::${type} AS ${name}`}`,
  );
  return `SELECT ${columns.join(', ')} ${files.length > 0 ? `FROM ${parquetSource(folder, files)}` : 'LIMIT 0'}`;
}

/** A path in which DuckDB sees no pattern. */
const escapeGlob = (path: string) => path.replaceAll(/[[*?]/g, '[$&]');
