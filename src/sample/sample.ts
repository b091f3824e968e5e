import type { PACKET } from './packet.js';

/** The sensor a sample comes from. */
export interface SensorIdentity {
  /** The id the operating system gives the sensor: an address on Linux and Windows, a UUID on macOS. */
  readonly id: string;
  /** The advertised local name, where there is one. */
  readonly name?: string | undefined;
}

/**
 * One measurement with its time, sensor and session. Its identity is `session` and `sequence` together:
 * whatever must be idempotent derives from that.
 */
export interface HeartRateSample {
  /** When it arrived, UTC, in milliseconds; never earlier than the sample before it in the session. */
  readonly timestamp: Date;
  /** Heart rate in beats per minute, 0–65,535. 0 means that the sensor detects no beat. */
  readonly heartRate: number;
  /** The RR intervals since the sample before in milliseconds, oldest first, unrounded; empty where the sensor sends none. */
  readonly rrIntervals: readonly number[];
  /** Energy since the last reset in kilojoules; absent where the sensor does not send it. */
  readonly energyExpended?: number | undefined;
  /** Whether the sensor touches skin; absent where it does not support saying so. */
  readonly sensorContact?: boolean | undefined;
  /** Where it comes from. */
  readonly sensor: SensorIdentity;
  /** One subscription to one sensor until it is ended, at most 128 characters; a reconnection stays in it. */
  readonly session: string;
  /** Number of the sample within its session, from 0. */
  readonly sequence: number;
  /** The bytes it was decoded from, where they are known; read them with {@link packetOf}. */
  readonly [PACKET]?: Uint8Array | undefined;
}

/**
 * A sample as it is read from storage. The two-field form of older producers, `timestamp` and `heart_rate`,
 * names neither sensor nor session.
 */
export type StoredSample = Omit<HeartRateSample, 'sensor' | 'session' | 'sequence'> &
  Partial<Pick<HeartRateSample, 'sensor' | 'session' | 'sequence'>>;

/**
 * The identity of a sample as one string, the same at every delivery.
 *
 * @param sample - Any sample.
 * @returns Session and sequence, or `undefined` for a stored sample that has none.
 *
 * @example
 * ```ts
 * import { parseSamples, sampleIdentity } from 'liveheartrate';
 *
 * const line = '{"timestamp":"2026-11-23T10:00:00.000Z","heart_rate":72,"session_id":"s","sequence":4}';
 * parseSamples(line).samples.map(sampleIdentity); // => ['s:4']
 * ```
 */
export function sampleIdentity(sample: StoredSample): string | undefined {
  if (sample.session === undefined || sample.sequence === undefined) return undefined;
  return `${sample.session}:${sample.sequence}`;
}
