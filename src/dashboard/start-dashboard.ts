import { createServer } from 'node:http';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { SensorStatus } from '../sensor/index.js';
import { guardOf } from './guard.js';
import { handlerOf } from './handler.js';
import { listen, reachable } from './listen.js';
import { type DashboardOptions, settingsOf } from './options.js';
import { readPages } from './pages.js';
import { routesOf } from './routes.js';
import { State } from './state.js';
import { upgraderOf } from './upgrade.js';

/** A page of live heart rates, and what it is told. The functions need no `this`. */
export interface Dashboard {
  /** Where the page is, with the token where there is one: a secret then. */
  readonly url: string;
  /**
   * Shows a sample, before it goes into the sink of the pipeline, so that the latency is known:
   * `samples$.pipe(tap(dashboard.show), sendTo(pipeline.sink))`. Never throws.
   *
   * @param sample - The sample.
   */
  readonly show: (sample: HeartRateSample) => void;
  /**
   * Shows what a sensor does; it fits `onStatus` of `heartRates`. Without it that follows from the samples.
   *
   * @param status - What it does.
   * @param sensor - Which sensor.
   */
  readonly showStatus: (status: SensorStatus, sensor: SensorIdentity) => void;
  /** Sends all viewers away, and stops to listen. The pipeline stays open. */
  close(): Promise<void>;
}

/** So many connections at most. */
const CONNECTIONS_MAX = 500;
/** So long a request may take to come in, milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/**
 * Serves a page that shows a local pipeline live, on this machine alone unless `host` says otherwise: rates, history,
 * zones, alerts, and the summary of each session by SQL over its archive. Beside the page are `/overlay` for streaming
 * software, `/live` (server-sent events, or WebSocket), `/history`, `/summary` and `/metrics`.
 *
 * @param options - What is shown, where, and to whom.
 * @returns The dashboard, once it listens.
 * @throws `InvalidArgumentError` where an option cannot be used; {@link ListenError} where nobody can listen there.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take, tap } from 'rxjs';
 * import { heartRates, sendTo } from 'liveheartrate';
 * import { startDashboard } from 'liveheartrate/dashboard';
 * import { startLocalPipeline } from 'liveheartrate/local';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const pipeline = await startLocalPipeline({ directory: 'archive' });
 * const dashboard = await startDashboard({ pipeline, port: 0 });
 * console.log(dashboard.url);
 * const samples$ = heartRates(simulatedCentral({ speed: 100 }), { onStatus: dashboard.showStatus });
 * await lastValueFrom(samples$.pipe(take(10), tap(dashboard.show), sendTo(pipeline.sink)));
 * await dashboard.close();
 * await pipeline.close();
 * ```
 */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const settings = settingsOf(options);
  const { host, token } = settings;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: REQUEST_TIMEOUT });
  server.maxConnections = CONNECTIONS_MAX;
  const port = await listen(server, host, settings.port);

  const state = new State(settings);
  const guard = guardOf(host, port, token);
  server.on('request', handlerOf(guard, routesOf(state, readPages())));
  server.on('upgrade', upgraderOf(guard, state));
  const url = new URL(`http://${reachable(host)}:${port}/`);
  if (token !== undefined) url.searchParams.set('token', token);
  let closed: Promise<void> | undefined;

  return {
    url: url.href,
    show: (sample) => state.show(sample),
    showStatus: (status, sensor) => state.showStatus(status, sensor),
    close() {
      closed ??= new Promise((resolve) => {
        state.close();
        server.close(() => resolve());
        // What has been said is on its way by then; who does not hear it is left.
        setTimeout(() => server.closeAllConnections(), PATIENCE).unref();
      });
      return closed;
    },
  };
}

/** How long viewers have to hear that it ends, milliseconds. */
const PATIENCE = 200;
