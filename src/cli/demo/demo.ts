import { connect, delay, identity, type Observable, take, takeUntil, tap } from 'rxjs';
import { startDashboard } from '../../dashboard/index.js';
import type { LiveHeartRateError } from '../../errors.js';
import type { HeartRateSample } from '../../sample/index.js';
import { sendTo } from '../../sink/index.js';
import { paintFor } from '../colour.js';
import { endings } from '../endings.js';
import { screenOn } from '../screen.js';
import { lossOf } from './loss.js';
import type { DemoOptions } from './options.js';
import { sourceOf } from './source.js';
import { startPipeline } from './store.js';
import { summarize } from './summary.js';

/** So many sessions are remembered for the summary: of devices that change their ids there would be ever more. */
const SESSIONS_MAX = 1_000;

/** Samples through the whole local pipeline and onto the page, until the time is over or somebody ends it. */
export async function demo(options: DemoOptions): Promise<void> {
  const {
    seconds,
    archive,
    opensearch,
    alertAbove: above,
    alertBelow: below,
    port,
    host,
    token,
    zones,
  } = options;
  const screen = screenOn(process.stdout);
  const source = sourceOf(options);
  const ended$ = endings();
  const pipeline = await startPipeline(archive, opensearch);
  const dashboard = await startDashboard({
    ...{ pipeline, source: source.name, silence: source.silence },
    store: opensearch === undefined ? 'embedded' : 'OpenSearch',
    alert: { above, ...(below !== undefined && { below }) },
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(token !== undefined && { token }),
    ...(zones !== undefined && { zones }),
  }).catch(async (error: unknown) => {
    await pipeline.close();
    throw error;
  });
  screen.line(`Open ${dashboard.url}`);
  screen.line(
    `${source.name} → indexer → ${opensearch === undefined ? 'index' : 'OpenSearch'} and archive (${archive}). Ctrl-C ends it.`,
  );

  /** The last sample of each session. */
  const last = new Map<string, HeartRateSample>();
  let [samples, indexed, dropped] = [0, 0, 0];
  let reason: LiveHeartRateError | undefined;
  const paint = paintFor(process.stdout);
  pipeline.indexed$.subscribe(({ length }) => {
    indexed += length;
  });
  pipeline.sink.settled$.subscribe((settlement) => {
    if (settlement.outcome !== 'dropped') return;
    dropped++;
    reason = settlement.error;
  });
  const samples$ = source.samples$(dashboard.showStatus).pipe(
    takeUntil(ended$),
    seconds === undefined ? identity : takeFor(seconds * 1000),
    tap(dashboard.show),
    sendTo(pipeline.sink),
    tap((sample) => {
      samples++;
      if (last.size < SESSIONS_MAX || last.has(sample.session)) last.set(sample.session, sample);
      const what = last.size > 1 ? `♥ ${last.size} sessions` : `♥ ${sample.heartRate} bpm`;
      const lost = dropped > 0 ? `   ${paint('red', `dropped ${dropped}`)}` : '';
      screen.progress(`${what}   samples ${samples}   indexed ${indexed}${lost}`);
    }),
  );
  try {
    await new Promise<void>((resolve, reject) => samples$.subscribe({ complete: resolve, error: reject }));
  } finally {
    await dashboard.close();
    await pipeline.close();
  }
  for (const line of await summarize(archive, [...last.values()], dropped)) screen.line(line);
  if (reason) throw lossOf(dropped, reason);
}

/** Passes on what comes within so many milliseconds from the first. */
const takeFor = (milliseconds: number) =>
  connect((samples$: Observable<HeartRateSample>) =>
    samples$.pipe(takeUntil(samples$.pipe(take(1), delay(milliseconds)))),
  );
