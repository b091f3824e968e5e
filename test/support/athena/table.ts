import { mkdir, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { literal } from '../../../src/local/duckdb.js';
import { tableColumns } from '../../../src/sample/index.js';
import type { ArchiveFile } from '../archive/cases.js';
import { type Duck, rowsOf } from '../archive/duckdb.js';
import type { Athena } from './client.js';

/** Where the files of an archive are, and how their days are named. */
export interface Layout {
  readonly title: string;
  readonly dayFormat: 'yyyy-MM-dd' | 'yyyy/MM/dd';
  /** What comes before the day in the location of a partition. */
  readonly prefix: string;
  /** Where a file is within it. */
  readonly path: (day: string, at: number) => string;
}

export const layouts: readonly Layout[] = [
  {
    title: 'a folder for each day',
    dayFormat: 'yyyy-MM-dd',
    prefix: 'day=',
    path: (day, at) => join(`day=${day}`, `${at}.parquet`),
  },
  {
    title: 'the older layout, with folders in that of a day',
    dayFormat: 'yyyy/MM/dd',
    prefix: '',
    path: (day, at) => join(...day.split('-'), `session_18-30-0${at}`, `${at}.parquet`),
  },
];

/** Writes files as Firehose does, each with the time at which it was written, and makes the table of them. */
export async function layTable(
  where: { athena: Athena; duck: Duck; folder: string },
  table: string,
  layout: Layout,
  files: readonly ArchiveFile[],
): Promise<void> {
  for (const [at, file] of files.entries()) {
    const path = join(where.folder, table, layout.path(file.day, at));
    await mkdir(dirname(path), { recursive: true });
    await where.duck.run(`COPY (${rowsOf(file)}) TO ${literal(path)} (FORMAT parquet)`);
    await utimes(path, new Date(file.written), new Date(file.written));
  }
  await where.athena.ask('CREATE SCHEMA IF NOT EXISTS hive.default');
  await where.athena.ask(createTable(table, layout));
}

/** The table as Glue has it, in the words of Trino: of a day there is a partition, without anyone making it. */
function createTable(table: string, { dayFormat, prefix }: Layout): string {
  const columns = tableColumns('glue').map(({ name, type }) => `"${name}" ${trinoType(type)}`);
  return `CREATE TABLE ${table} (
  ${columns.join(', ')},
  day varchar WITH (
    partition_projection_type = 'date',
    partition_projection_format = '${dayFormat}',
    partition_projection_range = ARRAY['${'2025-01-01'.replaceAll('-', dayFormat.charAt(4))}', 'NOW+1DAYS']
  )
) WITH (
  format = 'PARQUET',
  external_location = 'local:///${table}',
  partitioned_by = ARRAY['day'],
  partition_projection_enabled = true,
  partition_projection_location_template = 'local:///${table}/${prefix}\${day}/'
)`;
}

const trinoType = (glue: string) =>
  glue === 'string' ? 'varchar' : glue.replace(/^array<(\w+)>$/, 'array($1)');
