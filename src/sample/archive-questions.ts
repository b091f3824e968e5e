import { archiveDialect } from './archive-dialect.js';
import { type ArchiveQueryOptions, archiveQueries } from './archive-queries.js';
import { quotedTable, samplesOf } from './archive-samples.js';
import { rates, sessionsQuery } from './archive-sessions.js';

/** What a program asks of the archive: as the catalogue has it, with instants in UTC in question and answer. */
export interface ArchiveQuestions {
  /** One row: samples, first, last, and rates. */
  readonly summary: string;
  /** A row for each session, with the name of its sensor. */
  readonly sessions: string;
  /** A row for each zone. */
  readonly zones: string;
  /** The session of the last sample. It has no parameters. */
  readonly latest: string;
  /**
   * The rates, no more than a picture has room for: of each session in each part of the span the lowest and the highest,
   * when they were, and the first and last sample. It has one more parameter at its end: the milliseconds of a part.
   */
  readonly points: string;
}

/**
 * The SQL of these questions. Each has the parameters `from` and `to`, and with `ofSession` the session. What clocks
 * show is for whoever shows it: in UTC no time is there twice.
 */
export function archiveQuestions(options: Omit<ArchiveQueryOptions, 'timeZone'>): ArchiveQuestions {
  const { table = 'heart_rate', dayFormat = 'yyyy-MM-dd', ofSession = false } = options;
  const dialect = archiveDialect(options.dialect ?? 'athena', 'UTC', dayFormat);
  const samples = samplesOf(quotedTable(table), dialect, ofSession);
  return {
    summary: `${samples()}
SELECT
  count(*) AS samples,
  min("timestamp") AS "first",
  max("timestamp") AS "last",
  ${rates()}
FROM samples`,
    sessions: sessionsQuery(samples, dialect, true),
    zones: archiveQueries(options).find(({ name }) => name === 'zones')?.sql ?? '',
    latest: `SELECT max_by(session_id, "timestamp") AS session_id
FROM ${quotedTable(table)} WHERE session_id IS NOT NULL`,
    points: `${samples({ column: 'sensor_name' })},
parts AS (
  SELECT
    session_id,
    sensor_name,
    "timestamp",
    heart_rate,
    CAST(floor(date_diff('millisecond', from_utc, "timestamp") / CAST(? AS double)) AS bigint) AS part
  FROM samples CROSS JOIN span
  WHERE heart_rate > 0
)
SELECT
  session_id,
  max(sensor_name) AS sensor_name,
  min("timestamp") AS "first",
  min_by("timestamp", heart_rate) AS lowest_at,
  min(heart_rate) AS lowest,
  max_by("timestamp", heart_rate) AS highest_at,
  max(heart_rate) AS highest,
  max("timestamp") AS "last"
FROM parts
GROUP BY session_id, part
ORDER BY session_id, part`,
  };
}

/** An instant as the queries read a time of UTC. */
export const archiveTime = (instant: Date): string => instant.toISOString().slice(0, -1).replace('T', ' ');
