import type { Hello, LatencyEvent, LiveEvents } from '../../protocol.js';
import type { PackedSession } from './packed.js';
import { Sensor } from './sensor.js';

/** By more than this a clock was set, milliseconds; less is how long heartbeats take. */
const SET_CLOCK = 1_000;
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** How the connection to the server is. */
export type Link = 'connecting' | 'open' | 'lost';

/** Everything that the page knows. */
export class Board {
  /** Before anything is heard it is `connecting`; `lost` is everything after it was open. */
  link: Link = 'connecting';
  hello: Hello | undefined;
  latency: LatencyEvent | undefined;
  /** What is to be added to the time that has gone by for the server's time; absent until it was heard. */
  offset: number | undefined;
  /** By name. */
  readonly sensors: Sensor[] = [];
  readonly #byId = new Map<string, Sensor>();
  readonly #now: () => number;

  /** @param now - The time that has gone by, milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** An event of `/live`. */
  apply<Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]): void {
    const apply: { [Each in keyof LiveEvents]: (data: LiveEvents[Each]) => void } = this.#apply;
    apply[name](data);
  }

  /** A session of the history. */
  merge(packed: PackedSession): void {
    this.#sensor(packed.sensor, packed.name).merge(packed);
  }

  sensor(id: string): Sensor | undefined {
    return this.#byId.get(id);
  }

  /** The time of the server, milliseconds since 1970. */
  serverTime(now: number): number {
    return now + (this.offset ?? 0);
  }

  readonly #apply: { [Name in keyof LiveEvents]: (data: LiveEvents[Name]) => void } = {
    hello: (hello) => {
      this.hello = hello;
      this.link = 'open';
      this.latency = undefined;
      // What still stands is told again.
      for (const sensor of this.sensors) {
        sensor.alert = undefined;
        sensor.status = undefined;
      }
    },
    sample: (sample) =>
      this.#sensor(sample.sensor_id, sample.sensor_name).take(sample, this.#now(), this.offset),
    status: (status) => {
      this.#sensor(status.sensor_id, status.sensor_name).status = status;
    },
    alert: (alert) => {
      this.#sensor(alert.sensor_id, alert.sensor_name).alert = alert.state === 'raised' ? alert : undefined;
    },
    latency: (latency) => {
      this.latency = latency;
    },
    heartbeat: ({ time }) => {
      const offset = Date.parse(time) - this.#now();
      // The one that was the quickest tells it best.
      const known = this.offset ?? Number.NEGATIVE_INFINITY;
      if (offset > known || known - offset > SET_CLOCK) this.offset = offset;
    },
  };

  #sensor(id: string, name: string | undefined): Sensor {
    let sensor = this.#byId.get(id);
    if (sensor && (!name || sensor.name === name)) return sensor;
    if (sensor) sensor.name = name ?? sensor.name;
    else {
      sensor = new Sensor(id, name);
      this.#byId.set(id, sensor);
      this.sensors.push(sensor);
    }
    this.sensors.sort((one, other) => byName(one.name, other.name) || byName(one.id, other.id));
    return sensor;
  }
}
