import { defer, Observable, Subject, type Subscriber, throwError, timer } from 'rxjs';
import { InvalidArgumentError } from '../errors.js';
import {
  type Advertisement,
  BluetoothUnavailableError,
  type Central,
  type Clock,
  SensorNotFoundError,
} from '../sensor/index.js';
import { checkRange, checkWhole } from './check-range.js';
import { Device } from './device.js';
import { seededRandom } from './random.js';
import type { SimulatedSensor } from './simulated-sensor.js';
import { SimulatedTime } from './simulated-time.js';
import { checkWorkout, intervalTraining, type Phase } from './workout.js';

/** What is simulated. */
export interface SimulatorOptions {
  /** How many sensors are around, 1 to 1,000; the first is the strongest. Default 1. */
  readonly sensors?: number;
  /** The same seed gives the same people, beats and faults. A whole number. Default 1. */
  readonly seed?: number;
  /** How many simulated seconds pass in a second, 0.001 to 100,000. Default 1. */
  readonly speed?: number;
  /** When the simulated time starts. Default: now. */
  readonly start?: Date;
  /**
   * What the wearers do, phase after phase, and then from the beginning again; all begin with the first phase.
   * Default: rest, a warm-up, five hard intervals with recovery, and a cool-down, in 44 minutes.
   */
  readonly workout?: readonly Phase[];
}

/** A {@link Central} whose sensors and adapter can be made to fail. */
export interface SimulatedCentral extends Central {
  /** The simulated time. It stands still until notifications are first switched on, and then goes on for good. */
  readonly clock: Clock;
  /** All its sensors, the strongest first. */
  readonly sensors: readonly [SimulatedSensor, ...SimulatedSensor[]];
  /** Switches the adapter off: scans and links end, and there are no new ones. */
  switchOff(): void;
  /** Switches the adapter on again. */
  switchOn(): void;
}

/** How often a simulated sensor advertises, milliseconds. */
const ADVERTISING_INTERVAL = 100;

/**
 * Sensors that are not there, for trying things out and for tests. Each is worn by somebody else, whose heart follows
 * a workout with its own inertia: breathing, slow waves and premature beats show in the RR intervals, energy adds up,
 * and the battery runs down. The clock is the simulated one, so samples carry the time they would have had.
 *
 * All timers are those of RxJS, so within `TestScheduler.run()` hours go by in no time. At `speed` 1 a simulated
 * millisecond is one of the timers; deadlines elsewhere, such as `silence`, do not know of any other speed.
 *
 * @param options - How many sensors, which beats, how fast.
 * @returns A central like any other: a sensor takes one link at a time, and sends a packet each simulated second.
 * @throws `InvalidArgumentError` where an option is out of its range.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const central = simulatedCentral({ speed: 1_000, start: new Date('2026-11-23T10:00:00Z') });
 * const sample = await lastValueFrom(heartRate(central).pipe(take(60)));
 * sample.timestamp.toISOString(); // => '2026-11-23T10:01:00.000Z'
 * ```
 *
 * @example An hour in virtual time, with a link that is lost in the middle
 * ```ts
 * import { take } from 'rxjs';
 * import { TestScheduler } from 'rxjs/testing';
 * import { heartRate } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * let samples = 0;
 * new TestScheduler(() => {}).run(({ flush }) => {
 *   const central = simulatedCentral();
 *   heartRate(central).pipe(take(3_600)).subscribe(({ sequence }) => {
 *     samples++;
 *     if (sequence === 1_800) central.sensors[0].disconnect();
 *   });
 *   flush();
 * });
 * samples; // => 3600
 * ```
 */
export function simulatedCentral(options: SimulatorOptions = {}): SimulatedCentral {
  const { sensors = 1, seed = 1, speed = 1, start = new Date(), workout = intervalTraining } = options;
  checkWhole('sensors', sensors, 1, 1_000);
  checkRange('speed', speed, 0.001, 100_000);
  checkWhole('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (Number.isNaN(start.getTime())) throw new InvalidArgumentError('start must be a valid date.');
  checkWorkout(workout);

  const time = new SimulatedTime(start.getTime(), speed);
  const random = seededRandom(seed);
  const phases = [...workout];
  const devices = Array.from({ length: sensors }, (_, at) => new Device(at + 1, phases, random, time));
  let off = new Subject<never>();
  let on = true;
  const unavailable = () =>
    new BluetoothUnavailableError('The simulated adapter is off: switch it on with switchOn().', {
      code: 'BLUETOOTH_OFF',
    });
  const whileOn = <Value>(source: () => Observable<Value>) =>
    defer(() => (on ? source() : throwError(unavailable)));

  return {
    clock: time,
    sensors: devices as [Device, ...Device[]],
    scan: () =>
      whileOn(
        () =>
          new Observable<Advertisement>((subscriber) => {
            off.subscribe(subscriber);
            const round = () => hearAll(devices, subscriber);
            subscriber.add(timer(0, ADVERTISING_INTERVAL).subscribe(round));
          }),
      ),
    connect: (id) =>
      whileOn(() => {
        const device = devices.find((candidate) => candidate.hasBeen(id));
        if (device === undefined) throw new SensorNotFoundError('There is no simulated sensor with this id.');
        return device.connect(id);
      }),
    switchOff() {
      on = false;
      const scans = off;
      off = new Subject();
      scans.error(unavailable());
      for (const device of devices) device.lose(unavailable());
    },
    switchOn() {
      on = true;
    },
  };
}

/** Each device that advertises is heard once, as long as somebody listens. */
function hearAll(devices: readonly Device[], subscriber: Subscriber<Advertisement>): void {
  for (const device of devices) {
    if (subscriber.closed) return;
    const advertisement = device.heard();
    if (advertisement !== undefined) subscriber.next(advertisement);
  }
}
