import type { Samples } from './archive-samples.js';

/** So long a sample counts at most, where the next one of its session comes late. */
export const LONGEST_SECONDS = 5;

/** How long the heart rate has been in each zone; of a session's last sample nobody knows how long it held. */
export function zonesQuery(samples: Samples, zones: readonly number[]): string {
  const bounds = [0, ...zones].map((from, zone) => `(${zone}, ${from}, ${zones[zone] ?? 'NULL'})`);
  const reached = zones.map((from, zone) => `WHEN heart_rate < ${from} THEN ${zone}`).join(' ');
  const milliseconds = `coalesce(date_diff('millisecond', "timestamp", next_timestamp), 0)`;
  // What comes just after the span ends the time of the last sample in it, so that spans add up.
  return `${samples({ secondsAfter: LONGEST_SECONDS })},
following AS (
  SELECT "timestamp", heart_rate, lead("timestamp") OVER (
    PARTITION BY session_id, sensor_id ORDER BY "timestamp", sequence
  ) AS next_timestamp
  FROM samples
),
found AS (
  SELECT
    CASE ${reached} ELSE ${zones.length} END AS zone,
    count(*) AS samples,
    sum(least(${milliseconds}, ${LONGEST_SECONDS * 1_000})) / 1e3 AS seconds
  FROM following CROSS JOIN span
  WHERE "timestamp" < to_utc AND heart_rate > 0
  GROUP BY 1
),
bounds (zone, from_rate, below_rate) AS (
  VALUES ${bounds.join(', ')}
)
SELECT
  bounds.zone,
  from_rate,
  below_rate,
  coalesce(samples, 0) AS samples,
  coalesce(seconds, 0) AS seconds,
  coalesce(seconds, 0) / nullif(sum(seconds) OVER (), 0) AS share
FROM bounds LEFT JOIN found ON found.zone = bounds.zone
ORDER BY bounds.zone`;
}
