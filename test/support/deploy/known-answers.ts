import type { StoredSample } from '../../../src/sample/index.js';
import type { Row } from './athena.js';

/** A sample, and when the file that holds it was written. */
export interface Archived extends StoredSample {
  readonly written: Date;
}

export type Answer = Record<string, string | number | null>[];

/** How the pipeline was told to answer. */
export interface Asked {
  readonly zones: readonly number[];
  /** What clocks show is so many minutes after UTC, the whole year. */
  readonly minutesEast: number;
}

/** So long a sample counts at most. */
const LONGEST = 5_000;

/** The answers of the named queries for all of some samples, without any SQL. */
export function knownAnswers(samples: readonly Archived[], asked: Asked): Record<string, Answer> {
  const clock = (time: number) => new Date(time + asked.minutesEast * 60_000).toISOString().slice(0, -1);
  const [sessions, days] = [
    groups(samples, ({ session, sensor }) => `${session} ${sensor?.id}`),
    groups(samples, ({ timestamp }) => clock(timestamp.getTime()).slice(0, 10)),
  ];
  const { maximum, minimum, difference } = ratesOf(samples);
  const span = (group: readonly Archived[]) => {
    const times = group.map(({ timestamp }) => timestamp.getTime());
    return { first: Math.min(...times), last: Math.max(...times) };
  };
  const ends = ({ first, last }: { first: number; last: number }) => ({
    first: clock(first),
    last: clock(last),
  });
  const waits = samples.map(({ written, timestamp }) => (written.getTime() - timestamp.getTime()) / 1_000);
  return {
    maximum: [{ maximum }],
    minimum: [{ minimum }],
    difference: [{ difference }],
    sessions: [...sessions.values()]
      .sort((one, other) => span(one).first - span(other).first)
      .map((group) => ({
        session_id: group[0]?.session ?? null,
        sensor_id: group[0]?.sensor?.id ?? null,
        ...ends(span(group)),
        seconds: (span(group).last - span(group).first) / 1_000,
        samples: group.length,
        ...ratesOf(group),
      })),
    zones: zonesOf([...sessions.values()], asked.zones),
    daily_summary: [...days]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([local_day, group]) => ({
        local_day,
        sessions: new Set(group.flatMap(({ session }) => session ?? [])).size,
        samples: group.length,
        ...ends(span(group)),
        ...ratesOf(group),
      })),
    latency: [{ samples: samples.length, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) }],
  };
}

/** What was answered, in the same form. */
export const asAnswer = (rows: readonly Row[]): Answer =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, valueIn(text)])));

/** Numbers as far as both sides calculate them alike. */
export const rounded = (answer: Answer): Answer =>
  answer.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' ? Number(value.toFixed(6)) : value,
      ]),
    ),
  );

function valueIn(text: string | undefined): string | number | null {
  if (text === undefined || text === '') return null;
  if (/^-?\d+(\.\d+)?(e-?\d+)?$/.test(text)) return Number(text);
  if (!/^\d{4}-\d\d-\d\d \d\d:/.test(text)) return text;
  return new Date(`${text.replace(' ', 'T')}Z`).toISOString().slice(0, -1);
}

function groups(samples: readonly Archived[], keyOf: (sample: Archived) => string): Map<string, Archived[]> {
  const found = new Map<string, Archived[]>();
  for (const sample of samples) {
    const key = keyOf(sample);
    found.set(key, found.get(key) ?? []);
    found.get(key)?.push(sample);
  }
  return found;
}

function ratesOf(samples: readonly Archived[]) {
  const rates = samples.map(({ heartRate }) => heartRate);
  const [maximum, minimum] = [Math.max(...rates), Math.min(...rates)];
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  return { maximum, minimum, difference: maximum - minimum, mean };
}

function zonesOf(sessions: readonly Archived[][], bounds: readonly number[]): Answer {
  const found = [0, ...bounds].map((from, zone) => {
    return { zone, from_rate: from, below_rate: bounds[zone] ?? null, samples: 0, seconds: 0 };
  });
  for (const session of sessions) {
    const inOrder = session.toSorted((one, other) => one.timestamp.getTime() - other.timestamp.getTime());
    for (const [at, { heartRate, timestamp }] of inOrder.entries()) {
      const zone = found.findLast(({ from_rate }) => heartRate >= from_rate);
      const until = inOrder[at + 1]?.timestamp ?? timestamp;
      if (!zone) continue;
      zone.samples += 1;
      zone.seconds += Math.min(until.getTime() - timestamp.getTime(), LONGEST) / 1_000;
    }
  }
  const total = found.reduce((sum, { seconds }) => sum + seconds, 0);
  return found.map((zone) => ({ ...zone, share: zone.seconds / total }));
}

const quantile = (values: readonly number[], fraction: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * fraction) - 1] ?? Number.NaN;
