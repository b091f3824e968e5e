import { Observable, takeUntil, tap, timer } from 'rxjs';
import { startLocalPipeline } from '../local/index.js';
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
  const pipeline = await startLocalPipeline({ directory });
  screen.line(`Simulated strap → indexer → index and archive (${directory}). Ctrl-C ends it.`);

  let last: HeartRateSample | undefined;
  let dropped = 0;
  pipeline.sink.settled$.subscribe(({ outcome }) => {
    if (outcome === 'dropped') dropped++;
  });
  const samples$ = heartRate(simulatedCentral({ seed, speed })).pipe(
    takeUntil(signals('SIGINT', 'SIGTERM')),
    seconds === undefined ? tap() : takeUntil(timer(seconds * 1000)),
    sendTo(pipeline.sink),
    tap((sample) => {
      last = sample;
      screen.progress(
        `♥ ${sample.heartRate} bpm   samples ${sample.sequence + 1}   indexed ${pipeline.index.count('heart_rate')}`,
      );
    }),
  );
  try {
    await new Promise<void>((resolve, reject) => samples$.subscribe({ complete: resolve, error: reject }));
    if (last === undefined) screen.line('No sample arrived.');
    else
      for (const line of describe(last, await pipeline.archive.summary(last.session), dropped))
        screen.line(line);
  } finally {
    await pipeline.close();
  }
}

/** Emits at the first of the signals. While it is listened to, they do not end the process. */
function signals(...names: NodeJS.Signals[]): Observable<void> {
  return new Observable((subscriber) => {
    const onSignal = () => subscriber.next();
    for (const name of names) process.once(name, onSignal);
    return () => {
      for (const name of names) process.removeListener(name, onSignal);
    };
  });
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
