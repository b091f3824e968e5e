import { openArchive } from '../../local/index.js';
import type { HeartRateSample, SessionSummary } from '../../sample/index.js';
import { nameOf } from '../describe.js';

/** So many sessions are summed up. */
const SESSIONS_MAX = 50;

/**
 * Sums sessions up, of the archive as it lies on the disk now, in Parquet, not of what this process still knows.
 *
 * @param samples - The last sample of each session.
 */
export async function summarize(
  directory: string,
  samples: readonly HeartRateSample[],
  dropped: number,
): Promise<string[]> {
  if (samples.length === 0) return ['No sample arrived.'];
  const archive = await openArchive(directory);
  const rows: [HeartRateSample, SessionSummary][] = [];
  try {
    for (const sample of [...samples].sort(byName).slice(0, SESSIONS_MAX))
      rows.push([sample, await archive.summary(sample.session)]);
  } finally {
    await archive.close();
  }
  const [only] = rows;
  const lines = only && samples.length === 1 ? describe(...only) : table(rows);
  const more = samples.length - rows.length;
  return [
    '',
    ...lines,
    ...(more > 0 ? [`  and ${more} more sessions`] : []),
    ...(dropped > 0 ? [`  dropped    ${dropped}`] : []),
  ];
}

function describe({ session }: HeartRateSample, summary: SessionSummary): string[] {
  const bpm = (value: number | null) => (value === null ? 'none' : `${rate(value)} bpm`);
  const rows: [string, string | number][] = [
    ['session', session],
    ['samples', summary.samples],
    ['first', summary.first?.toISOString() ?? 'none'],
    ['last', summary.last?.toISOString() ?? 'none'],
    ['maximum', bpm(summary.maximum)],
    ['minimum', bpm(summary.minimum)],
    ['difference', bpm(summary.difference)],
    ['mean', bpm(summary.mean)],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(11)}${value}`);
}

/** One line for each session, by the name of its sensor. */
function table(rows: readonly [HeartRateSample, SessionSummary][]): string[] {
  const names = rows.map(([{ sensor }]) => nameOf(sensor));
  const width = Math.max('sensor'.length, ...names.map(({ length }) => length));
  const line = (name: string, cells: readonly unknown[]) =>
    `  ${name.padEnd(width)}${cells.map((cell) => String(cell ?? '–').padStart(12)).join('')}`;
  return [
    line('sensor', ['samples', 'maximum', 'minimum', 'difference', 'mean']),
    ...rows.map(([, { samples, maximum, minimum, difference, mean }], at) =>
      line(names[at] ?? '', [samples, maximum, minimum, difference, mean === null ? null : rate(mean)]),
    ),
  ];
}

/** `Strap 2` before `Strap 10`. */
const byName = (a: HeartRateSample, b: HeartRateSample) =>
  nameOf(a.sensor).localeCompare(nameOf(b.sensor), 'en', { numeric: true });

const rate = (value: number) => Math.round(value * 10) / 10;
