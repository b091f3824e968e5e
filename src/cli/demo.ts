import { connect, delay, fromEvent, merge, type Observable, take, takeUntil, tap } from 'rxjs';
import { openArchive, startLocalPipeline } from '../local/index.js';
import type { HeartRateSample, SessionSummary } from '../sample/index.js';
import { heartRate } from '../sensor/index.js';
import { simulatedCentral } from '../simulator/index.js';
import { sendTo } from '../sink/index.js';
import type { Screen } from './screen.js';

/** What the demonstration does. */
export interface DemoOptions {
  /** After how many seconds it ends by itself. Default: at a signal. */
  readonly seconds?: number | undefined;
  /** How many simulated seconds pass in a second. */
  readonly speed: number;
  /** Seed of the simulation. */
  readonly seed: number;
  /** Folder of the archive. */
  readonly directory: string;
}

/** A simulated strap through the whole local pipeline, until the time is over or somebody ends it. */
export async function demo(options: DemoOptions, screen: Screen): Promise<void> {
  const { seconds, speed, seed, directory } = options;
  // Named, it need not be compared with others first. A slow heart is silent for longer than a real one.
  const strap = heartRate(simulatedCentral({ seed, speed }), {
    id: 'simulated-1',
    silence: SILENCE / Math.min(speed, 1),
  });
  const pipeline = await startLocalPipeline({ directory });
  screen.line(`Simulated strap → indexer → index and archive (${directory}). Ctrl-C ends it.`);

  let last: HeartRateSample | undefined;
  let dropped = 0;
  pipeline.sink.settled$.subscribe(({ outcome }) => {
    if (outcome === 'dropped') dropped++;
  });
  const samples$ = strap.pipe(
    takeUntil(endings()),
    seconds === undefined ? tap() : takeFor(seconds * 1000),
    sendTo(pipeline.sink),
    tap((sample) => {
      last = sample;
      const [count, indexed] = [sample.sequence + 1, pipeline.index.count('heart_rate')];
      screen.progress(`♥ ${sample.heartRate} bpm   samples ${count}   indexed ${indexed}`);
    }),
  );
  try {
    await new Promise<void>((resolve, reject) => samples$.subscribe({ complete: resolve, error: reject }));
  } finally {
    await pipeline.close();
  }
  // Asked of the archive as it lies on the disk now, in Parquet, not of what this process still knows.
  const summary = last && (await summarize(directory, last.session));
  const lines = last && summary ? describe(last, summary, dropped) : ['No sample arrived.'];
  for (const line of lines) screen.line(line);
}

async function summarize(directory: string, session: string): Promise<SessionSummary> {
  const archive = await openArchive(directory);
  try {
    return await archive.summary(session);
  } finally {
    await archive.close();
  }
}

/** How long a heart of normal speed may be silent, milliseconds. */
const SILENCE = 5_000;

/** Passes on what comes within so many milliseconds from the first. */
const takeFor = (milliseconds: number) =>
  connect((samples$: Observable<HeartRateSample>) =>
    samples$.pipe(takeUntil(samples$.pipe(take(1), delay(milliseconds)))),
  );

/** Emits when the program is to end: at a signal, which does not end it by itself, or when nobody reads it any more. */
function endings(): Observable<unknown> {
  return merge(
    fromEvent(process as never, 'SIGINT'),
    fromEvent(process as never, 'SIGTERM'),
    fromEvent(process.stdout, 'error'),
  );
}

function describe({ session }: HeartRateSample, summary: SessionSummary, dropped: number): string[] {
  const bpm = (rate: number | null) => (rate === null ? 'none' : `${Math.round(rate * 10) / 10} bpm`);
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
  if (dropped > 0) rows.push(['dropped', dropped]);
  return ['', ...rows.map(([name, value]) => `  ${name.padEnd(11)}${value}`)];
}
