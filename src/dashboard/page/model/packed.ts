import type { SessionHistory } from '../../protocol.js';

/** A session of `/history` in columns that can be handed over from one thread to another without a copy. */
export interface PackedSession {
  readonly session: string;
  readonly sensor: string;
  readonly name: string | undefined;
  readonly sequence: Uint32Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  readonly time: Float64Array<ArrayBuffer>;
  readonly rate: Uint16Array<ArrayBuffer>;
  /** The RR intervals of all samples one after the other, milliseconds. */
  readonly intervals: Float32Array<ArrayBuffer>;
  /** How many of them each sample has. */
  readonly intervalsOf: Uint8Array<ArrayBuffer>;
}

/** Packs a session. */
export function pack(history: SessionHistory): PackedSession {
  return {
    session: history.session_id,
    sensor: history.sensor_id,
    name: history.sensor_name,
    sequence: Uint32Array.from(history.sequence),
    time: Float64Array.from(history.timestamp),
    rate: Uint16Array.from(history.heart_rate),
    intervals: Float32Array.from(history.rr_intervals.flat()),
    intervalsOf: Uint8Array.from(history.rr_intervals, (intervals) => intervals.length),
  };
}

/** What is handed over of it. */
export const buffersOf = ({ sequence, time, rate, intervals, intervalsOf }: PackedSession): ArrayBuffer[] => [
  sequence.buffer,
  time.buffer,
  rate.buffer,
  intervals.buffer,
  intervalsOf.buffer,
];
