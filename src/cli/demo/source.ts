import { concatWith, defer, NEVER, type Observable, tap } from 'rxjs';
import { InvalidArgumentError } from '../../errors.js';
import { nobleCentral } from '../../noble/index.js';
import { replay } from '../../recording/index.js';
import type { HeartRateSample, SensorIdentity } from '../../sample/index.js';
import { heartRates, type SensorStatus } from '../../sensor/index.js';
import { simulatedCentral } from '../../simulator/index.js';
import { nameOf } from '../describe.js';
import type { DemoOptions } from './options.js';

/** Where samples come from. */
export interface Source {
  /** What it is, for people. */
  readonly name: string;
  /** After so many milliseconds without a sample a sensor is silent. */
  readonly silence: number;
  /** The samples; it does not end by itself. */
  samples$(onStatus: (status: SensorStatus, sensor: SensorIdentity) => void): Observable<HeartRateSample>;
}

/** How long a heart of normal speed may be silent, milliseconds. */
const SILENCE = 5_000;

/** The source that is meant. */
export function sourceOf({ ble, replay: path, name, sensors, seed, speed }: DemoOptions): Source {
  if (path !== undefined) return recording(path, speed);
  if (ble) {
    return {
      name: 'Bluetooth',
      silence: SILENCE,
      samples$: (onStatus) => heartRates(nobleCentral(), { name, silence: SILENCE, onStatus }),
    };
  }
  if (name !== undefined)
    throw new InvalidArgumentError('--name wants --ble: simulated straps have their own.');
  const central = simulatedCentral({ sensors, seed, speed });
  // A slow heart is silent for longer than a real one.
  const silence = SILENCE / Math.min(speed, 1);
  return {
    name: sensors === 1 ? 'simulated strap' : `${sensors} simulated straps`,
    silence,
    samples$: (onStatus) => heartRates(central, { max: sensors, silence, onStatus }),
  };
}

/** What is over stays to be looked at. */
function recording(path: string, speed: number): Source {
  return {
    name: `recording ${nameOf({ name: path })}`,
    silence: SILENCE / Math.min(speed, 1),
    samples$: (onStatus) =>
      defer(() => {
        const seen = new Map<string, SensorIdentity>();
        return replay(path, { speed }).pipe(
          tap({
            next: ({ sensor }) => void seen.set(sensor.id, sensor),
            complete() {
              const status = { state: 'ended', time: new Date(), reason: 'The recording is over.' } as const;
              for (const sensor of seen.values()) onStatus(status, sensor);
            },
          }),
          concatWith(NEVER),
        );
      }),
  };
}
