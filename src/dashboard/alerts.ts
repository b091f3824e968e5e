import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import { named } from './named.js';
import type { AlertEvent, Hello } from './protocol.js';

/** So many are raised at a time. */
const RAISED_MAX = 1_000;

/**
 * Alerts with hysteresis: raised at `above` or more, cleared below `below`. A rate of 0 is "no beat" and says nothing. One
 * that is raised stays so while its sensor is silent or away, since nothing says that the heart is slower: the next sample
 * tells. It is cleared where the session ends, since there is nobody any more whom it could be about.
 */
export class Alerts {
  readonly #above: number;
  readonly #below: number;
  readonly #raised = new Map<string, AlertEvent>();

  constructor({ above, below }: Hello['alert']) {
    this.#above = above;
    this.#below = below;
  }

  /** Those that are raised. */
  get raised(): AlertEvent[] {
    return [...this.#raised.values()];
  }

  /** What a sample changes. */
  take({ sensor, session, heartRate, timestamp }: HeartRateSample): AlertEvent[] {
    const before = this.#raised.get(sensor.id);
    const ended = before && before.session_id !== session ? this.end(sensor) : [];
    const raised = this.#raised.has(sensor.id);
    if (heartRate === 0 || (raised ? heartRate >= this.#below : heartRate < this.#above)) return ended;
    const event: AlertEvent = {
      state: raised ? 'cleared' : 'raised',
      ...named(sensor),
      ...{ session_id: session, heart_rate: heartRate, time: timestamp.toISOString() },
      reason: raised
        ? `${heartRate} bpm is below ${this.#below} bpm.`
        : `${heartRate} bpm has reached ${this.#above} bpm.`,
    };
    if (raised) this.#raised.delete(sensor.id);
    else this.#raised.set(sensor.id, event);
    const [oldest = ''] = this.#raised.keys();
    if (this.#raised.size > RAISED_MAX) this.#raised.delete(oldest);
    return [...ended, event];
  }

  /** The session of a sensor has ended. */
  end({ id }: SensorIdentity): AlertEvent[] {
    const alert = this.#raised.get(id);
    if (!this.#raised.delete(id) || alert === undefined) return [];
    return [{ ...alert, state: 'cleared', reason: 'The session has ended.' }];
  }
}
