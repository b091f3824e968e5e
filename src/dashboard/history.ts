import type { Archive } from '../local/index.js';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import { named } from './named.js';
import type { SessionHistory } from './protocol.js';
import { Ring } from './ring.js';

/** So many sessions are kept at most. */
const SESSIONS_MAX = 1_000;
const MINUTE = 60_000;

/** So many minutes are kept at most. */
export const MINUTES_MAX = 60;

/** The last hour of each session. */
export class History {
  readonly #sessions = new Map<string, { readonly sensor: SensorIdentity; readonly ring: Ring }>();

  /** Takes a sample. */
  take(sample: HeartRateSample, now: number): void {
    const { session, sensor, sequence, timestamp, heartRate, rrIntervals } = sample;
    this.#of(session, sensor).add(sequence, timestamp.getTime(), heartRate, rrIntervals, now);
  }

  /** The samples of so many minutes up to now, session by session. */
  *of(minutes: number, now: number): Generator<SessionHistory> {
    const since = now - minutes * MINUTE;
    for (const [session, { sensor, ring }] of [...this.#sessions]) {
      if (ring.lastArrived >= since) yield { session_id: session, ...named(sensor), ...ring.since(since) };
    }
  }

  /** Takes over what the archive has of the last hour: what came before this server was started. */
  async prime(archive: Archive, now: number): Promise<void> {
    const rows = await archive.query(LAST_HOUR, [
      new Date(now - MINUTES_MAX * MINUTE).toISOString(),
      SESSIONS_MAX,
    ]);
    for (const { session_id: session, sensor_id: id, sensor_name: name, samples } of rows.reverse()) {
      // What has come meanwhile is of other sessions, but for a recording that is shown again.
      if (this.#sessions.has(String(session))) continue;
      const ring = this.#of(String(session), {
        id: String(id ?? ''),
        ...(name !== null && { name: String(name) }),
      });
      for (const [sequence, timestamp, rate, intervals] of JSON.parse(String(samples)) as Row[]) {
        // A simulation that runs faster than time is ahead of it.
        ring.add(sequence, timestamp, rate, intervals ?? [], Math.min(timestamp, now));
      }
    }
  }

  #of(session: string, sensor: SensorIdentity): Ring {
    const known = this.#sessions.get(session) ?? { sensor, ring: new Ring() };
    // The one that was longest without a sample comes first, and is forgotten first.
    this.#sessions.delete(session);
    this.#sessions.set(session, known);
    const [oldest = ''] = this.#sessions.keys();
    if (this.#sessions.size > SESSIONS_MAX) this.#sessions.delete(oldest);
    return known.ring;
  }
}

type Row = readonly [number, number, number, readonly number[] | null];

/** As JSON, session by session: so many rows would take seconds as objects. */
const LAST_HOUR = `
WITH hour AS (
  SELECT DISTINCT session_id, sequence, sensor_id, sensor_name, "timestamp", heart_rate, rr_intervals
  FROM heart_rate
  WHERE "timestamp" >= CAST(? AS TIMESTAMP) AND session_id IS NOT NULL AND sequence IS NOT NULL
)
SELECT
  session_id,
  any_value(sensor_id) AS sensor_id,
  any_value(sensor_name) AS sensor_name,
  CAST(to_json(list(json_array(sequence, epoch_ms("timestamp"), heart_rate, rr_intervals) ORDER BY sequence)) AS VARCHAR) AS samples
FROM hour
GROUP BY session_id
ORDER BY max("timestamp") DESC
LIMIT ?`;
