/** Wearers of a gym, and how many of them come on a day; each for an hour or so. */
const WEARERS = 200;
const A_DAY = 50;
/** The first day, and the hours in which sessions begin. */
const FIRST = '2024-01-01';
const OPENS = 6;
const HOURS = 15;

/** A number from 0 to 1 that is always the same for the same words. @param {string} words */
const chance = (words) => `(hash(${words}) % 1000003 / 1000003)`;

/**
 * The samples of a day in the order in which they come, one a second of each wearer.
 * @param {number} day from 0
 * @returns {string} SQL whose columns are those of the archive
 */
export const samplesOfDay = (day) => `
WITH sessions AS (
  SELECT
    (w * 7 + ${day} * 13) % ${WEARERS} AS wearer,
    md5('session' || ${day} || '-' || w)::UUID::VARCHAR AS session_id,
    TIMESTAMP '${FIRST}' + INTERVAL '${day} days' + to_milliseconds(
      ((${OPENS} + ${HOURS} * ${chance(`${day}, w, 'begin'`)}) * 3600000)::BIGINT) AS begins,
    (1800 + 3600 * ${chance(`${day}, w, 'seconds'`)})::BIGINT AS seconds,
    110 + 60 * ${chance(`${day}, w, 'rate'`)} AS rate
  FROM range(${A_DAY}) AS of_day(w)
),
seconds AS (SELECT *, unnest(range(seconds)) AS sequence FROM sessions),
rates AS (
  SELECT *, (rate + 20 * sin(sequence / 240) + 6 * sin(sequence / 17) + 3 * ${chance('session_id, sequence')})::INTEGER AS heart_rate
  FROM seconds
)
SELECT
  begins + to_milliseconds(sequence * 1000 + (60 * ${chance("sequence, session_id, 'late'")})::BIGINT) AS "timestamp",
  heart_rate,
  [round((60 / heart_rate + 0.06 * ${chance("session_id, sequence, 'beat' || beat")}) * 1024) * 1000 / 1024
    FOR beat IN range(((sequence + 1) * heart_rate // 60 - sequence * heart_rate // 60)::BIGINT)] AS rr_intervals,
  NULL::INTEGER AS energy_expended,
  true AS sensor_contact,
  printf('c0:ff:ee:00:%02x:%02x', wearer // 256, wearer % 256) AS sensor_id,
  'Strap ' || wearer AS sensor_name,
  session_id,
  sequence
FROM rates
ORDER BY "timestamp"`;
