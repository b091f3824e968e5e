/** What {@link summaryQuery} answers. A rate of 0 means "no beat" and takes no part in the rates. */
export interface SessionSummary {
  /** How many samples there are. */
  readonly samples: number;
  /** When the first one arrived; `null` where there are none. */
  readonly first: Date | null;
  /** When the last one arrived. */
  readonly last: Date | null;
  /** Highest rate, beats per minute. */
  readonly maximum: number | null;
  /** Lowest rate, beats per minute. */
  readonly minimum: number | null;
  /** Highest less lowest rate, beats per minute. */
  readonly difference: number | null;
  /** Mean rate over the samples, beats per minute. */
  readonly mean: number | null;
}

/**
 * The SQL that sums up one session, in words that DuckDB and Athena (Trino) both read.
 * Its one parameter, `?`, is the session.
 *
 * @param table - Name of the table or view of samples, as it is to stand in the SQL.
 * @returns A query whose one row has the columns of {@link SessionSummary}.
 *
 * @example
 * ```ts
 * import { summaryQuery } from 'liveheartrate';
 *
 * summaryQuery('heart_rate').includes('FROM heart_rate'); // => true
 * ```
 */
export function summaryQuery(table: string): string {
  return `
SELECT
  count(*) AS samples,
  min("timestamp") AS "first",
  max("timestamp") AS "last",
  max(heart_rate) FILTER (WHERE heart_rate > 0) AS maximum,
  min(heart_rate) FILTER (WHERE heart_rate > 0) AS minimum,
  max(heart_rate) FILTER (WHERE heart_rate > 0) - min(heart_rate) FILTER (WHERE heart_rate > 0) AS difference,
  avg(heart_rate) FILTER (WHERE heart_rate > 0) AS mean
FROM ${table}
WHERE session_id = ?`.trim();
}
