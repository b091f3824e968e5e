import { Subscription } from 'rxjs';
import { type HeartRateSample, type SensorIdentity, sampleIdentity, toDocument } from '../sample/index.js';
import type { SensorStatus } from '../sensor/index.js';
import { Alerts } from './alerts.js';
import { type Frame, frameOf } from './frame.js';
import { History } from './history.js';
import { Latency } from './latency.js';
import { Metrics } from './metrics.js';
import type { Settings } from './options.js';
import type { AlertEvent, Hello, SampleEvent, StatusEvent } from './protocol.js';
import { Sensors } from './sensors.js';
import { Summaries } from './summaries.js';
import { Viewers } from './viewers.js';

/** Milliseconds between two heartbeats: a viewer sees within 2 s that they are missing. */
const HEARTBEAT = 500;
/** The latency goes out with each fourth. */
const LATENCY_EVERY = 4;

/** Everything that is shown: the same to each viewer. */
export class State {
  readonly viewers = new Viewers();
  readonly history = new History();
  readonly metrics: Metrics;
  readonly summaries: Summaries;
  /** Resolves when the history has what came before. */
  readonly primed: Promise<void>;
  readonly #alerts: Alerts;
  readonly #sensors: Sensors;
  readonly #latency = new Latency();
  readonly #hello: Hello;
  readonly #timer: NodeJS.Timeout;
  readonly #subscription = new Subscription();
  #beats = 0;

  constructor({ pipeline, zones, alert, silence, source, store }: Settings) {
    this.#alerts = new Alerts(alert);
    this.#sensors = new Sensors(silence);
    this.metrics = new Metrics({ sensors: this.#sensors, alerts: this.#alerts, viewers: this.viewers });
    this.summaries = new Summaries(pipeline, zones);
    const version = process.env.LIVEHEARTRATE_VERSION ?? 'unknown';
    const started = new Date().toISOString();
    this.#hello = { version, started, source, store, zones, alert, silence, heartbeat: HEARTBEAT };
    // Without what came before there is what comes now.
    this.primed = this.history.prime(pipeline.archive, Date.now()).catch(() => undefined);
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT);
    this.#subscription.add(
      pipeline.indexed$.subscribe((samples) => {
        const now = performance.now();
        this.metrics.indexed.inc(samples.length);
        for (const sample of samples) {
          const latency = this.#latency.indexed(sampleIdentity(sample) ?? '', now);
          if (latency !== undefined) this.metrics.latency.observe(latency / 1_000);
        }
      }),
    );
    this.#subscription.add(
      pipeline.sink.settled$.subscribe(({ outcome, sample }) => {
        if (outcome === 'delivered') return this.metrics.delivered.inc();
        this.metrics.dropped.inc();
        this.#latency.forget(sampleIdentity(sample) ?? '');
      }),
    );
  }

  /** The first events of a viewer. */
  greeting(): Frame[] {
    return [
      frameOf('hello', this.#hello),
      ...this.#sensors.statuses.map((status) => frameOf('status', status)),
      ...this.#alerts.raised.map((alert) => frameOf('alert', alert)),
      frameOf('latency', this.#latency.event(performance.now())),
    ];
  }

  /** Takes a sample that has just come. */
  show(sample: HeartRateSample): void {
    const now = performance.now();
    const document = documentOf(sample);
    if (document === undefined) return;
    this.metrics.samples.inc();
    this.#latency.arrived(sampleIdentity(sample) ?? '', now);
    this.history.take(sample, Date.now());
    const status = this.#sensors.take(sample, now);
    if (status) this.#send(status);
    this.viewers.send(frameOf('sample', document));
    this.#alert(this.#alerts.take(sample));
  }

  /** Takes what a sensor does. */
  showStatus(status: SensorStatus, sensor: SensorIdentity): void {
    this.#send(this.#sensors.tell(status, sensor));
    if (status.state === 'ended') this.#alert(this.#alerts.end(sensor));
  }

  /** Ends: no timer is left, and nobody watches. */
  close(): void {
    clearInterval(this.#timer);
    this.#subscription.unsubscribe();
    this.viewers.close();
  }

  #send(status: StatusEvent): void {
    this.viewers.send(frameOf('status', status));
  }

  #alert(alerts: readonly AlertEvent[]): void {
    for (const alert of alerts) {
      if (alert.state === 'raised') this.metrics.raised.inc();
      this.viewers.send(frameOf('alert', alert));
    }
  }

  #beat(): void {
    const now = performance.now();
    for (const status of this.#sensors.fallenSilent(now)) this.#send(status);
    if (this.#beats++ % LATENCY_EVERY === 0) this.viewers.send(frameOf('latency', this.#latency.event(now)));
    this.viewers.send(frameOf('heartbeat', { time: new Date().toISOString() }));
  }
}

/** What cannot be written is not shown; the sink settles it as dropped, with the reason. */
function documentOf(sample: HeartRateSample): SampleEvent | undefined {
  try {
    return toDocument(sample) as unknown as SampleEvent;
  } catch {
    return undefined;
  }
}
