/** @typedef {import('liveheartrate').HeartRateSample} HeartRateSample */

const BEGIN = Date.UTC(2026, 10, 23, 10);
const SECOND = 1_000;
/** Milliseconds in the unit of an RR interval. */
const UNIT = 1000 / 1024;

/**
 * What all samples of a session have in common. It is made once, as a subscription does.
 * @param {number} number
 */
function sessionOf(number) {
  const digits = String(number).padStart(12, '0');
  return {
    session: `5e551044-beef-4ace-8bad-${digits}`,
    sensor: { id: `c0:ff:ee:00:${digits.slice(-4, -2)}:${digits.slice(-2)}`, name: `Strap ${number}` },
  };
}

/**
 * A sample as a strap sends it each second: one RR interval, which is no round number.
 * @param {ReturnType<typeof sessionOf>} session
 * @param {number} sequence
 * @returns {HeartRateSample}
 */
function sampleOf({ session, sensor }, sequence) {
  const heartRate = 60 + (sequence % 100);
  return {
    timestamp: new Date(BEGIN + sequence * SECOND),
    heartRate,
    rrIntervals: [Math.round(60_000 / heartRate / UNIT) * UNIT],
    sensorContact: true,
    sensor,
    session,
    sequence,
  };
}

/**
 * Samples of so many sessions, one of each in turn.
 * @param {number} count
 * @param {number} sessions
 * @param {number} [first] number of the first one, a multiple of the sessions
 */
export function* samplesOf(count, sessions, first = 0) {
  const all = Array.from({ length: sessions }, (_, number) => sessionOf(number));
  for (let sequence = first / sessions, left = count; left > 0; sequence++) {
    for (const session of all.slice(0, left)) yield sampleOf(session, sequence);
    left -= sessions;
  }
}
