import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveQueryOptions, archiveQueries } from '../../../src/sample/index.js';
import { type ArchiveFile, archiveCases } from '../../support/archive/cases.js';
import { type Duck, openDuck, rowsOf } from '../../support/archive/duckdb.js';

let duck: Duck;
beforeEach(async () => {
  duck = await openDuck();
});
afterEach(() => duck.close());

/** What Athena knows and DuckDB does not. */
const MACROS = `
  CREATE MACRO with_timezone(naive, zone) AS timezone(zone, naive);
  CREATE MACRO at_timezone(instant, zone) AS timezone(zone, instant);
  CREATE MACRO date_format(naive, pattern) AS strftime(naive, pattern);
  CREATE MACRO approx_percentile(value, fraction) AS quantile_disc(value, fraction)`;

async function store(table: string, files: readonly ArchiveFile[], type = 'DATE') {
  const all = files.map(
    (file) =>
      `SELECT *, '${file.day}'::${type} AS day, TIMESTAMPTZ '${file.written}' AS "$file_modified_time" FROM (${rowsOf(file)})`,
  );
  await duck.run(`CREATE TABLE ${table} AS ${all.join(' UNION ALL ')}`);
}

describe.each(archiveCases)('the questions to the archive: $title', ({ timeZone, files, asks }) => {
  it.each(asks)('are answered right from $from to $to', async ({ from, to, answers }) => {
    await store('heart_rate', files);
    expect(await answered({ dialect: 'duckdb', timeZone }, [from, to])).toMatchObject(answers);
  });

  it.each(asks)('are answered so in the words of Athena from $from to $to', async ({ from, to, answers }) => {
    await duck.run(MACROS);
    await store('heart_rate', files, 'VARCHAR');
    expect(await answered({ dialect: 'athena', timeZone }, [from, to])).toMatchObject(answers);
  });

  async function answered(options: ArchiveQueryOptions, parameters: readonly string[]) {
    const answers: Record<string, unknown> = {};
    for (const { name, sql } of archiveQueries(options)) answers[name] = await duck.ask(sql, parameters);
    return answers;
  }
});

describe('the questions to the archive', () => {
  const [midnight] = archiveCases;
  const files = midnight?.files ?? [];
  const sqlOf = (name: string, options: ArchiveQueryOptions) =>
    archiveQueries(options).find((query) => query.name === name)?.sql ?? '';

  it('are the same in both dialects but for their SQL', () => {
    const described = (dialect: 'athena' | 'duckdb') =>
      archiveQueries({ dialect }).map(({ sql, ...others }) => ({ ...others, parts: sql.split('?').length }));
    expect(described('athena')).toEqual(described('duckdb'));
    expect(described('athena').map(({ name, parameters, parts }) => [name, ...parameters, parts])).toEqual(
      ['maximum', 'minimum', 'difference', 'sessions', 'zones', 'daily_summary', 'latency'].map((name) => [
        ...[name, 'from', 'to', 3],
      ]),
    );
  });

  it('are asked of any table, under any name it can have', async () => {
    await duck.run(`ATTACH ':memory:' AS "my-archive"; CREATE SCHEMA "my-archive"."order"`);
    await store('"my-archive"."order"."2024"', files);
    const sql = sqlOf('maximum', { dialect: 'duckdb', table: 'my-archive.order.2024' });
    expect(await duck.ask(sql, ['2025-11-23', '2025-11-24'])).toEqual([{ maximum: 210 }]);
  });

  it('have the zones that are asked for', async () => {
    await store('heart_rate', files);
    const sql = sqlOf('zones', { dialect: 'duckdb', zones: [120] });
    expect(await duck.ask(sql, ['2025-11-23 18:29:50', '2025-11-23 18:30:20'])).toEqual([
      { zone: 0, from_rate: 0, below_rate: 120, samples: 2, seconds: 10, share: 0.5 },
      { zone: 1, from_rate: 120, below_rate: null, samples: 2, seconds: 10, share: 0.5 },
    ]);
  });

  it('add up: the time of each sample is in one span only', async () => {
    await store('heart_rate', files);
    const sql = sqlOf('zones', { dialect: 'duckdb' });
    const times = [
      '2025-11-23 18:29:00',
      '2025-11-23 18:29:52',
      '2025-11-23 18:30:05',
      '2025-11-23 18:31:00',
    ];
    const seconds = async (from: string, to: string) =>
      (await duck.ask(sql, [from, to])).reduce((sum, row) => sum + Number(row.seconds), 0);
    const parts = await Promise.all(times.slice(1).map((to, at) => seconds(times[at] ?? '', to)));
    expect(parts.reduce((sum, part) => sum + part)).toBe(await seconds(times[0] ?? '', times[3] ?? ''));
  });

  it('take what is between the times only from days that can have it', async () => {
    const old = files.map((file) => ({ ...file, day: '2025-11-20' }));
    await store('heart_rate', old);
    const sql = sqlOf('maximum', { dialect: 'duckdb' });
    expect(await duck.ask(sql, ['2025-11-23', '2025-11-24'])).toEqual([{ maximum: null }]);
  });

  it('name the days of the older layout as its folders do', () => {
    expect(sqlOf('maximum', { dayFormat: 'yyyy/MM/dd' })).toContain("'%Y/%m/%d'");
  });

  it('spell a time zone as Trino wants it', () => {
    expect(sqlOf('maximum', { timeZone: 'europe/BERLIN' })).toContain("'Europe/Berlin'");
  });

  it.each<[options: object, message: RegExp]>([
    [{ table: '' }, /^table must/],
    [{ table: 'heart_rate; DROP TABLE heart_rate' }, /^table must/],
    [{ table: 'heart"rate' }, /^table must/],
    [{ table: 'one.two.three.four' }, /^table must/],
    [{ timeZone: '' }, /^timeZone must/],
    [{ timeZone: 'Europe/Nowhere' }, /^timeZone must/],
    [{ timeZone: "UTC'" }, /^timeZone must/],
    [{ timeZone: '+05:30' }, /^timeZone must/],
    [{ zones: [] }, /^zones must rise/],
    [{ zones: [120, 120] }, /^zones must rise/],
    [{ zones: [1.5] }, /^zones must be/],
    [{ dialect: 'mysql' }, /^dialect must/],
    [{ dayFormat: "'" }, /^dayFormat must/],
    [{ dayFormat: 'toString' }, /^dayFormat must/],
  ])('refuse %o', (options, message) => {
    expect(() => archiveQueries(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });
});
