import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastValueFrom, Subject, tap } from 'rxjs';
import type { DashboardOptions } from '../../../src/dashboard/index.js';
import { type HeartRateSample, sendTo } from '../../../src/index.js';
import type { LocalPipeline } from '../../../src/local/index.js';

type Built = Pick<typeof import('../../../src/dashboard/index.js'), 'startDashboard'> &
  Pick<typeof import('../../../src/local/index.js'), 'startLocalPipeline'>;

/** As it is shipped: with its page. */
async function built(): Promise<Built> {
  const load = (name: string) => import(new URL(`../../../dist/${name}.js`, import.meta.url).href);
  const [dashboard, local] = await Promise.all([load('dashboard'), load('local')]);
  return { ...dashboard, ...local } as Built;
}

/** The dashboard as it is shipped, with a pipeline and an archive of its own, and somebody who says what sensors send. */
export interface Stage {
  readonly url: string;
  readonly pipeline: LocalPipeline;
  /** A sensor sends a rate now, with one RR interval that fits to it. */
  beat(rate: number, fields?: Partial<HeartRateSample> & { name?: string }): void;
  /** A sensor is, or does, something. */
  status(state: 'scanning' | 'connecting' | 'live' | 'silent' | 'ended', name?: string): void;
  /** Ends it in good order, and starts it again at the same place over the same archive. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens it. */
export async function openStage(options: Partial<DashboardOptions> = {}): Promise<Stage> {
  const { startDashboard, startLocalPipeline } = await built();
  const directory = await mkdtemp(join(tmpdir(), 'liveheartrate-stage-'));
  const sequences = new Map<string, number>();
  let run = 0;

  async function start(port: number) {
    run++;
    const pipeline = await startLocalPipeline({ directory });
    const dashboard = await startDashboard({ pipeline, port, source: 'scripted straps', ...options });
    const samples$ = new Subject<HeartRateSample>();
    const settled = lastValueFrom(samples$.pipe(tap(dashboard.show), sendTo(pipeline.sink)), {
      defaultValue: undefined,
    });
    return { pipeline, dashboard, samples$, settled };
  }
  async function end() {
    playing.samples$.complete();
    await playing.settled;
    await playing.dashboard.close();
    await playing.pipeline.close();
  }
  let playing = await start(0);

  return {
    url: playing.dashboard.url,
    get pipeline() {
      return playing.pipeline;
    },
    beat(heartRate, { name = 'Anna', ...fields } = {}) {
      const session = `${name}-${run}`;
      const sequence = sequences.get(session) ?? 0;
      sequences.set(session, sequence + 1);
      const rrIntervals = heartRate > 0 ? [60_000 / heartRate] : [];
      const sensor = { id: `id-of-${name}`, name };
      playing.samples$.next({
        ...{ timestamp: new Date(), heartRate, rrIntervals, sensor, session, sequence },
        ...fields,
      });
    },
    status(state, name = 'Anna') {
      const sensor = { id: `id-of-${name}`, name };
      const reason = 'The story says so.';
      playing.dashboard.showStatus({ state, sensor, time: new Date(), reason }, sensor);
    },
    async restart() {
      const { port } = new URL(playing.dashboard.url);
      await end();
      playing = await start(Number(port));
    },
    async stop() {
      await end();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
