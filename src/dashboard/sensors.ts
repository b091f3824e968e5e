import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { SensorStatus } from '../sensor/index.js';
import { named } from './named.js';
import type { StatusEvent } from './protocol.js';

/** So many are known at a time: of devices that change their ids there would be ever more. */
const SENSORS_MAX = 1_000;

/** What is known of a sensor. */
interface Known {
  readonly sensor: SensorIdentity;
  status: StatusEvent;
  /** Whether somebody else says where it is; else it follows from its samples. */
  told: boolean;
  rate: number;
  /** When the last sample came; never at first. */
  at: number;
}

/** A sensor whose rate is a present one. */
export interface PresentRate {
  readonly sensor: SensorIdentity;
  readonly rate: number;
}

/** Where each sensor is. Of one whose status nobody tells it follows from its samples. */
export class Sensors {
  readonly #known = new Map<string, Known>();
  readonly #silence: number;

  /** @param silence - After so many milliseconds without a sample a sensor is silent. */
  constructor(silence: number) {
    this.#silence = silence;
  }

  /** The last status of each. */
  get statuses(): StatusEvent[] {
    return [...this.#known.values()].map(({ status }) => status);
  }

  /** Takes a sample; answers the status that follows from it, where that is another. */
  take({ sensor, heartRate, timestamp }: HeartRateSample, now: number): StatusEvent | undefined {
    const known = this.#known.get(sensor.id);
    const live = statusOf(sensor, 'live', timestamp, 'The sensor sends its heart rate.');
    const entry = known ?? { sensor, status: live, told: false, rate: 0, at: now };
    const changes = !known || (!known.told && known.status.state !== 'live');
    if (changes) entry.status = live;
    entry.rate = heartRate;
    entry.at = now;
    this.#keep(entry);
    return changes ? live : undefined;
  }

  /** Takes a status. */
  tell({ state, time, reason }: SensorStatus, sensor: SensorIdentity): StatusEvent {
    const status = statusOf(sensor, state, time, reason);
    const entry = this.#known.get(sensor.id) ?? { sensor, rate: 0, at: Number.NEGATIVE_INFINITY };
    this.#keep({ ...entry, status, told: true });
    return status;
  }

  /** Those that have become silent without anybody saying so. */
  fallenSilent(now: number): StatusEvent[] {
    const silent = [...this.#known.values()].filter(
      ({ told, status, at }) => !told && status.state === 'live' && now - at >= this.#silence,
    );
    const reason = `The sensor sent no heart rate for ${this.#silence} ms.`;
    return silent.map((entry) => {
      entry.status = statusOf(entry.sensor, 'silent', new Date(), reason);
      return entry.status;
    });
  }

  /** Those whose rate is a present one, and no "no beat". */
  present(now: number): PresentRate[] {
    return [...this.#known.values()].filter(
      ({ status, at, rate }) => status.state === 'live' && rate > 0 && now - at < this.#silence,
    );
  }

  /** The one that was longest without any news comes first, and is forgotten first. */
  #keep(entry: Known): void {
    this.#known.delete(entry.sensor.id);
    this.#known.set(entry.sensor.id, entry);
    const [oldest = ''] = this.#known.keys();
    if (this.#known.size > SENSORS_MAX) this.#known.delete(oldest);
  }
}

const statusOf = (sensor: SensorIdentity, state: StatusEvent['state'], time: Date, reason: string) => ({
  ...named(sensor),
  ...{ state, time: time.toISOString(), reason },
});
