import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { literal } from '../../src/local/duckdb.js';
import { archiveQueries } from '../../src/sample/index.js';
import { archiveCases } from '../support/archive/cases.js';
import { type Duck, openDuck } from '../support/archive/duckdb.js';
import { type Athena, athenaAt } from '../support/athena/client.js';
import { layouts, layTable } from '../support/athena/table.js';

const { url, folder } = inject('trino');
const athena = athenaAt(url);
let duck: Duck;
beforeAll(async () => {
  duck = await openDuck();
});
afterAll(() => duck.close());

describe.each(layouts)('the engine of Athena, $title', (layout) => {
  const { dayFormat } = layout;
  const nameOf = (at: number) => `heart_rate_${layouts.indexOf(layout)}_${at}`;

  describe.each(archiveCases.map((its, at) => ({ ...its, table: nameOf(at) })))(
    '$title',
    ({ table, timeZone, files, asks }) => {
      beforeAll(async () => {
        await layTable({ athena, duck, folder }, table, layout, files);
        await duck.run(viewOf(table));
      });

      it.each(asks)('answers right, and as DuckDB does, from $from to $to', async ({ from, to, answers }) => {
        const ask = async (asked: Athena | Duck, dialect: 'athena' | 'duckdb') => {
          const queries = archiveQueries({ table, timeZone, dayFormat, dialect });
          return Object.fromEntries(
            await Promise.all(
              queries.map(async ({ name, sql }) => [name, await asked.ask(sql, [from, to])] as const),
            ),
          );
        };
        const { latency, ...exact } = await ask(athena, 'athena');
        expect({ latency, ...exact }).toMatchObject(answers);
        // The percentiles of Athena are approximate, so that both give the same only for what is known.
        const { latency: byDuck, ...exactByDuck } = await ask(duck, 'duckdb');
        expect(exactByDuck).toEqual(exact);
        expect({ latency: byDuck, ...exactByDuck }).toMatchObject(answers);
      });
    },
  );

  it('reads no file of a day before', async () => {
    const [midnight] = archiveCases;
    const table = nameOf(archiveCases.length);
    await layTable({ athena, duck, folder }, table, layout, midnight?.files ?? []);
    const path = join(folder, table, layout.path('2025-11-20', 0));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, 'no Parquet, so that reading it fails');
    const span = ['2025-11-23 23:59:50', '2025-11-24 00:00:20'];
    for (const { sql } of archiveQueries({ table, timeZone: 'Asia/Kolkata', dayFormat })) {
      const [day] =
        /day:string:PARTITION_KEY\s+:: \[\[([\d/-]+)/.exec(await athena.explain(sql, span))?.slice(1) ?? [];
      expect(day).toBe('2025-11-21'.replaceAll('-', dayFormat.charAt(4)));
    }
    await expect(athena.ask(`SELECT max(heart_rate) FROM ${table}`)).rejects.toThrow(/parquet/i);
  });
});

/** The same files, as the DuckDB form of the queries wants them. */
function viewOf(table: string): string {
  const files = join(folder, table);
  const pattern = literal(join(files, '**', '*.parquet'));
  // As text that has the day in it, either way: 2025-11-23 or 2025/11/23.
  const path = `replace(substr(filename, ${files.length + 1}), '/', '-')`;
  const day = `CAST(regexp_extract(${path}, '\\d{4}-\\d{2}-\\d{2}') AS date)`;
  return `CREATE VIEW "${table}" AS
    SELECT files.*, ${day} AS day, last_modified AS "$file_modified_time"
    FROM read_parquet(${pattern}, filename = true, hive_partitioning = false) AS files
    JOIN (SELECT filename, last_modified FROM read_blob(${pattern})) USING (filename)`;
}
