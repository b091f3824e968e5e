import { archiveDialect } from './archive-dialect.js';
import { quotedTable, samplesOf } from './archive-samples.js';
import { BEATS, rates, sessionsQuery } from './archive-sessions.js';
import { LONGEST_SECONDS, zonesQuery } from './archive-zones.js';
import { checkZones, ZONES } from './zones.js';

/** A question to the archive, under a name. */
export interface ArchiveQuery {
  /** Its name. */
  readonly name: string;
  /** What it answers. */
  readonly description: string;
  /** What each `?` stands for, in their order. */
  readonly parameters: readonly string[];
  /** The SQL. */
  readonly sql: string;
}

/** Of which table the queries are, and how times and rates are meant. */
export interface ArchiveQueryOptions {
  /** Name of the table or view, which may have that of its database and catalog before it. Default `heart_rate`. */
  readonly table?: string;
  /** Who answers them: Athena (Trino), or DuckDB. Default `athena`. */
  readonly dialect?: 'athena' | 'duckdb';
  /** IANA name of the time zone in which times are asked and answered. Default `UTC`. */
  readonly timeZone?: string;
  /**
   * Where the second and each further zone begins, beats per minute, rising. Default 95, 114, 133, 152 and 171: 50, 60,
   * 70, 80 and 90 % of 190.
   */
  readonly zones?: readonly number[];
  /**
   * How the column `day` is written in Athena: `yyyy-MM-dd` or `yyyy/MM/dd`. Default `yyyy-MM-dd`. In DuckDB it is a
   * `DATE`.
   */
  readonly dayFormat?: 'yyyy-MM-dd' | 'yyyy/MM/dd';
  /** Whether each query has a third parameter: of which session alone it is. Default `false`. */
  readonly ofSession?: boolean;
}

/**
 * The questions that are asked of the archive: `maximum`, `minimum` and `difference` of the heart rate, `sessions`,
 * `zones`, `daily_summary` and `latency`. Each has two parameters, `?`: the local time from which (inclusive) and to
 * which (exclusive), such as `2026-11-23 18:00:00`; `ofSession` adds a third, the session. A time that clocks show twice
 * is the first of the two, one that they skip counts on from before. Times in the answers are local ones too. A sample
 * that is there twice counts once, and a rate of 0, "no beat", takes no part in the rates.
 *
 * `latency` reads the time at which a file was written, so a file that is copied or written anew counts from then. Athena
 * has it in each table, as `"$file_modified_time"`; for DuckDB the relation has to bring a column of that name, of type
 * `TIMESTAMPTZ`.
 *
 * @param options - Table, dialect, time zone, zones and layout.
 * @returns The queries.
 * @throws `InvalidArgumentError` where an option cannot be used.
 *
 * @example
 * ```ts
 * import { archiveQueries } from 'liveheartrate';
 *
 * const queries = archiveQueries({ timeZone: 'Europe/Berlin' });
 * queries.map(({ name }) => name).slice(0, 4); // => ['maximum', 'minimum', 'difference', 'sessions']
 * queries[0]?.parameters; // => ['from', 'to']
 * ```
 */
export function archiveQueries(options: ArchiveQueryOptions = {}): ArchiveQuery[] {
  const { table = 'heart_rate', timeZone = 'UTC', zones = ZONES, dayFormat = 'yyyy-MM-dd' } = options;
  const dialect = archiveDialect(options.dialect ?? 'athena', timeZone, dayFormat);
  checkZones(zones);
  const { ofSession = false } = options;
  const samples = samplesOf(quotedTable(table), dialect, ofSession);
  const parameters = ['from', 'to', ...(ofSession ? ['session'] : [])];
  const query = (name: string, description: string, sql: string) => ({
    ...{ name, description: `${description} Times are of ${timeZone}.` },
    ...{ parameters, sql },
  });
  return [
    query(
      'maximum',
      'The highest heart rate between two local times.',
      `${samples()}
SELECT max(heart_rate) ${BEATS} AS maximum
FROM samples`,
    ),
    query(
      'minimum',
      'The lowest heart rate between two local times.',
      `${samples()}
SELECT min(heart_rate) ${BEATS} AS minimum
FROM samples`,
    ),
    query(
      'difference',
      'The highest less the lowest heart rate between two local times.',
      `${samples()}
SELECT max(heart_rate) ${BEATS} - min(heart_rate) ${BEATS} AS difference
FROM samples`,
    ),
    query(
      'sessions',
      'Each session between two local times: first and last sample, seconds between them, and rates.',
      sessionsQuery(samples, dialect),
    ),
    query(
      'zones',
      `Samples, seconds and share of time in each zone of heart rate between two local times; a sample counts until the next of its session, at most ${LONGEST_SECONDS} s.`,
      zonesQuery(samples, zones),
    ),
    query(
      'daily_summary',
      'Sessions, samples, first and last sample, and rates of each local day between two local times.',
      `${samples()},
local_samples AS (
  SELECT *, ${dialect.local('"timestamp"')} AS local_time FROM samples
)
SELECT
  CAST(local_time AS date) AS local_day,
  count(DISTINCT session_id) AS sessions,
  count(*) AS samples,
  ${dialect.local('min("timestamp")')} AS "first",
  ${dialect.local('max("timestamp")')} AS "last",
  ${rates()}
FROM local_samples
GROUP BY CAST(local_time AS date)
ORDER BY local_day`,
    ),
    query(
      'latency',
      'Seconds from the time of a sample until it could be queried, for those between two local times: half of them, and 99 of 100.',
      `${samples({ column: `${dialect.naive('"$file_modified_time"')} AS written` })},
latencies AS (
  SELECT date_diff('millisecond', "timestamp", min(written)) / 1e3 AS seconds
  FROM samples
  GROUP BY session_id, sequence, sensor_id, "timestamp", heart_rate
)
SELECT
  count(*) AS samples,
  ${dialect.percentile('seconds', 0.5)} AS p50,
  ${dialect.percentile('seconds', 0.99)} AS p99
FROM latencies`,
    ),
  ];
}
