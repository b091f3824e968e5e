import { serializeSample } from '../../../src/sample/index.ts';
import type { Chance } from '../chaos/chance.ts';
import { sampleOf } from '../samples.ts';

/** What has to become of one document of a record. */
type Expectation =
  | { readonly kind: 'indexed'; readonly id: string | undefined; readonly document: object }
  | { readonly kind: 'refused'; readonly id: string | undefined; readonly document: object }
  | { readonly kind: 'malformed'; readonly payload: string };

/** One document of a record. */
export interface Part {
  /** Without a newline in it. */
  readonly bytes: Buffer;
  readonly expected: Expectation;
}

/** The largest heart rate that the index takes: that of a `short`. */
const MOST = 32_767;
/** Sessions begin on different days. */
const DAYS = 3;
const DAY = 86_400_000;

/** One sample of a session; `refused` says that the index will not take it. */
export function samplePart(session: number, sequence: number, refused: boolean, heartRate?: number): Part {
  const sample = sampleOf(sequence, {
    session: `session-${session}`,
    timestamp: new Date(Date.UTC(2026, 10, 21, 10) + (session % DAYS) * DAY + sequence * 1_000),
    heartRate: heartRate ?? (session * 7 + sequence) % 250,
    rrIntervals: Array.from({ length: sequence % 4 }, (_, beat) => ((sequence + beat) * 1_000) / 1_024),
  });
  const text = serializeSample(sample).trimEnd();
  const id = `session-${session}:${sequence}`;
  const document = JSON.parse(text) as object;
  return { bytes: Buffer.from(text), expected: { kind: refused ? 'refused' : 'indexed', id, document } };
}

/** A sample as older producers write it, which is known by its place only. */
export function olderPart(number: number, refused: boolean): Part {
  const seconds = new Date(Date.UTC(2026, 10, 22, 23) + number * 1_000).toISOString().slice(0, 19);
  const heart_rate = 50 + (number % 100);
  return {
    bytes: Buffer.from(`{"timestamp": "${seconds}.123456", "heart_rate": ${heart_rate}}`),
    expected: {
      kind: refused ? 'refused' : 'indexed',
      id: undefined,
      document: { timestamp: `${seconds}.123Z`, heart_rate },
    },
  };
}

/** What no index of samples can take, each unlike the others. */
export function poison(chance: Chance, number: number): Part {
  const malformed = (bytes: Buffer, payload = bytes.toString()): Part => ({
    bytes,
    expected: { kind: 'malformed', payload },
  });
  const kinds = [
    () => malformed(Buffer.from(`rubbish ${number}`)),
    () => malformed(Buffer.from(`{"timestamp":"2026-11-23T10:00:00.000Z","number":${number},"heart_ra`)),
    () => malformed(Buffer.from(`{"heart_rate":"fast","number":${number}}`)),
    () => {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(String(number))]);
      return malformed(bytes, bytes.toString('base64'));
    },
    () => samplePart(number, 0, true, MOST + 1),
  ] as const;
  return chance.oneOf(kinds)();
}
