import { createHash } from 'node:crypto';
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import type { SensorIdentity } from '../sample/index.js';
import type { Alerts } from './alerts.js';
import type { Sensors } from './sensors.js';
import type { Viewers } from './viewers.js';

/** What is measured, beside what is counted here. */
export interface Measured {
  readonly sensors: Sensors;
  readonly alerts: Alerts;
  readonly viewers: Viewers;
}

/** Seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const states = ['scanning', 'connecting', 'live', 'silent', 'reconnecting', 'ended'] as const;

/** What Prometheus and its like read. */
export class Metrics {
  readonly #registry = new Registry<OpenMetricsContentType>();
  readonly samples = this.#counter('samples', 'Samples that have come.');
  readonly indexed = this.#counter('indexed', 'Samples that were indexed.');
  readonly delivered = this.#counter('delivered', 'Samples that were indexed and archived.');
  readonly dropped = this.#counter('dropped', 'Samples that were given up.');
  readonly raised = this.#counter('alerts_raised', 'Alerts that were raised.');
  readonly latency: Histogram;

  constructor({ sensors, alerts, viewers }: Measured) {
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
    this.latency = new Histogram({
      name: 'liveheartrate_indexing_latency_seconds',
      help: 'Seconds from the arrival of a sample until it was indexed.',
      buckets: BUCKETS,
      registers: [this.#registry],
    });
    this.#gauge(
      'heart_rate_bpm',
      'Present heart rate; none of a sensor that is not live.',
      ['sensor', 'sensor_hash'],
      (gauge) => {
        for (const { sensor, rate } of sensors.present(performance.now())) gauge.set(labelsOf(sensor), rate);
      },
    );
    this.#gauge('sensors', 'Sensors in each state.', ['state'], (gauge) => {
      const all = sensors.statuses;
      for (const state of states) gauge.set({ state }, all.filter((status) => status.state === state).length);
    });
    this.#gauge('alerts', 'Alerts that are raised.', [], (gauge) => gauge.set(alerts.raised.length));
    this.#gauge('viewers', 'Viewers of the live feed.', ['transport'], (gauge) => {
      for (const transport of ['sse', 'websocket'] as const)
        gauge.set({ transport }, viewers.count(transport));
    });
    this.#counter('viewers_dropped', 'Viewers that were sent away since they read too slowly.', function () {
      this.reset();
      this.inc(viewers.dropped);
    });
    const version = process.env.LIVEHEARTRATE_VERSION ?? 'unknown';
    this.#gauge('build_info', 'The version.', ['version'], (gauge) => gauge.set({ version }, 1));
  }

  /** All of it, in the format that {@link type} names. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** The media type. */
  get type(): string {
    return this.#registry.contentType;
  }

  #counter(name: string, help: string, collect?: (this: Counter) => void): Counter {
    const registers = [this.#registry];
    return new Counter({ name: `liveheartrate_${name}`, help, registers, ...(collect && { collect }) });
  }

  #gauge(name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void): void {
    new Gauge({
      ...{ name: `liveheartrate_${name}`, help, labelNames, registers: [this.#registry] },
      collect() {
        this.reset();
        collect(this);
      },
    });
  }
}

/**
 * Not the id, which may be an address. Two of one name are told apart by a hash that is too short to find the address by
 * it.
 */
function labelsOf({ id, name = '' }: SensorIdentity) {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 4);
  return { sensor: name, sensor_hash: hash };
}
