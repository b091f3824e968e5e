import { InvalidArgumentError } from '../errors.js';
import type { ArchiveDialect } from './archive-dialect.js';

/** What of the samples is needed beside the columns that all queries use. */
interface SamplesNeeded {
  /** One more column. */
  readonly column?: string;
  /** So many seconds after the span too. */
  readonly secondsAfter?: number;
}

/** The beginning of each query: `span`, the times asked for in UTC, and `samples`, those of the span, each once. */
export type Samples = (needed?: SamplesNeeded) => string;

/**
 * How a query reads a table. The folder of a sample is that of the day of its arrival, which may be weeks after its own;
 * it is before it only where a clock is ahead, or the folder's day is of another time zone. So `day` has a lower bound
 * alone, and beyond it an engine sees in the statistics of the Parquet files what it need not read.
 *
 * @param table - Its name, as SQL quotes it.
 * @param dialect - Who reads it.
 * @param ofSession - Whether a last parameter says of which session alone.
 */
export function samplesOf(table: string, { local, utc, day }: ArchiveDialect, ofSession: boolean): Samples {
  // Of a time that clocks show twice each engine takes another one; as long after yesterday's is the first.
  const asYesterday = (time: string) => `${utc(`${time} - INTERVAL '1' DAY`)} + INTERVAL '1' DAY`;
  const instant = (end: string) =>
    `CASE WHEN ${local(`${end}_early`)} = ${end}_local THEN ${end}_early ELSE ${utc(`${end}_local`)} END AS ${end}_utc`;
  // Firehose delivers at least once, so a sample may be there twice.
  return ({ column, secondsAfter } = {}) => `WITH given AS (
  SELECT CAST(? AS timestamp) AS from_local, CAST(? AS timestamp) AS to_local
),
early AS (
  SELECT
    from_local,
    to_local,
    ${asYesterday('from_local')} AS from_early,
    ${asYesterday('to_local')} AS to_early
  FROM given
),
span AS (
  SELECT
    ${instant('from')},
    ${instant('to')}
  FROM early
),
samples AS (
  SELECT DISTINCT session_id, sequence, sensor_id, "timestamp", heart_rate${column ? `, ${column}` : ''}
  FROM ${table} CROSS JOIN span
  WHERE "timestamp" >= from_utc
    AND "timestamp" < to_utc${secondsAfter ? ` + INTERVAL '${secondsAfter}' SECOND` : ''}
    AND day >= ${day("from_utc - INTERVAL '2' DAY")}${ofSession ? '\n    AND session_id = ?' : ''}
)`;
}

/** The name of a table as SQL quotes it, so that it can be nothing else. */
export function quotedTable(table: string): string {
  if (!/^[\w-]+(\.[\w-]+){0,2}$/.test(table)) {
    throw new InvalidArgumentError(
      'table must be a name of letters, digits, _ and -, which may have those of its database and catalog before it.',
    );
  }
  return table
    .split('.')
    .map((name) => `"${name}"`)
    .join('.');
}
