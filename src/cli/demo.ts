import type { Command } from 'commander';
import { connect, delay, type Observable, take, takeUntil, tap } from 'rxjs';
import { openArchive, startLocalPipeline } from '../local/index.js';
import type { HeartRateSample, SessionSummary } from '../sample/index.js';
import { heartRate } from '../sensor/index.js';
import { simulatedCentral } from '../simulator/index.js';
import { sendTo } from '../sink/index.js';
import { endings } from './endings.js';
import { LONGEST, upTo } from './options.js';
import { type Screen, screenOn } from './screen.js';

/** What the demonstration does. */
interface DemoOptions {
  /** After how many seconds it ends by itself. Default: at a signal. */
  readonly seconds?: number | undefined;
  /** How many simulated seconds pass in a second. */
  readonly speed: number;
  /** Seed of the simulation. */
  readonly seed: number;
  /** Folder of the archive. */
  readonly directory: string;
}

/** `liveheartrate demo`: the whole pipeline on this machine. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the whole pipeline on this machine with a simulated strap')
    .option('--seconds <number>', 'end after so many seconds', upTo(LONGEST))
    .option('--speed <number>', 'simulated seconds in a second, at most 1,000', upTo(1_000), 1)
    .option('--seed <number>', 'seed of the simulation', Number, 1)
    .option('--directory <path>', 'folder of the archive', 'archive')
    .action((options: DemoOptions) => demo(options, screenOn(process.stdout)));
}

/** A simulated strap through the whole local pipeline, until the time is over or somebody ends it. */
async function demo(options: DemoOptions, screen: Screen): Promise<void> {
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
