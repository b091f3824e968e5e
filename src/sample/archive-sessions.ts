import type { ArchiveDialect } from './archive-dialect.js';
import type { Samples } from './archive-samples.js';

/** A rate of 0 is "no beat". */
export const BEATS = 'FILTER (WHERE heart_rate > 0)';

/** As `SessionSummary` has them. */
export const rates = () => `max(heart_rate) ${BEATS} AS maximum,
  min(heart_rate) ${BEATS} AS minimum,
  max(heart_rate) ${BEATS} - min(heart_rate) ${BEATS} AS difference,
  avg(heart_rate) ${BEATS} AS mean`;

/**
 * Each session of a span.
 *
 * @param named - Whether the name of its sensor is wanted too.
 */
export function sessionsQuery(samples: Samples, { local }: ArchiveDialect, named = false): string {
  return `${named ? samples({ column: 'sensor_name' }) : samples()}
SELECT
  session_id,
  sensor_id,${named ? '\n  max(sensor_name) AS sensor_name,' : ''}
  ${local('min("timestamp")')} AS "first",
  ${local('max("timestamp")')} AS "last",
  date_diff('millisecond', min("timestamp"), max("timestamp")) / 1e3 AS seconds,
  count(*) AS samples,
  ${rates()}
FROM samples
GROUP BY session_id, sensor_id
ORDER BY min("timestamp"), session_id, sensor_id`;
}
