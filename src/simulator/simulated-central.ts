import {
  concat,
  concatMap,
  defer,
  finalize,
  interval,
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  throwError,
  timer,
} from 'rxjs';
import { InvalidArgumentError } from '../errors.js';
import { uuids } from '../profile/index.js';
import {
  type Advertisement,
  type Central,
  CharacteristicNotFoundError,
  type Connection,
  SensorDisconnectedError,
  SensorNotFoundError,
} from '../sensor/index.js';
import { heart, PACKET_INTERVAL, type Packet } from './heart.js';
import { seededRandom } from './random.js';

/** What is simulated. */
export interface SimulatorOptions {
  /** How many sensors are around, 1 to 1,000; the first is the strongest. Default 1. */
  readonly sensors?: number;
  /** The same seed gives the same beats. A whole number. Default 1. */
  readonly seed?: number;
  /** How many simulated seconds pass in a second, 0.001 to 100,000. Default 1. */
  readonly speed?: number;
  /** When the simulated time starts. Default: now. */
  readonly start?: Date;
}

/** The shortest time between two ticks of a timer, milliseconds. */
const TICK = 1;
/** How often a simulated sensor advertises, milliseconds. */
const ADVERTISING_INTERVAL = 100;

/**
 * Sensors that are not there: seeded, plausible rates and RR intervals, as fast as wanted. Its clock is the simulated
 * one, so that samples carry the time they would have had.
 *
 * @param options - How many sensors, which beats, how fast.
 * @returns A central like any other: a sensor takes one connection at a time, and its heart goes on where it was.
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
 */
export function simulatedCentral(options: SimulatorOptions = {}): Central {
  const { sensors = 1, seed = 1, speed = 1, start = new Date() } = options;
  checkRange('sensors', sensors, 1, 1_000);
  checkRange('speed', speed, 0.001, 100_000);
  if (!Number.isSafeInteger(seed))
    throw new InvalidArgumentError(`seed must be a whole number, but is ${seed}.`);

  const straps = Array.from({ length: sensors }, (_, at) => ({
    id: `simulated-${at + 1}`,
    name: `Simulated ${at + 1}`,
    rssi: -40 - at,
    services: [uuids.heartRate],
    packets: heart(seededRandom(seed + at)),
    connected: false,
  }));
  const pause = Math.max(PACKET_INTERVAL / speed, TICK);
  const packetsATick = Math.max(1, Math.round((speed * TICK) / PACKET_INTERVAL));
  /** The time of the packet that is being delivered. */
  let now = start.getTime();

  const notifications = (packets: Generator<Packet>): Observable<Uint8Array> =>
    interval(pause).pipe(
      concatMap(() => next(packets, packetsATick)),
      map(({ time, value }) => {
        now = start.getTime() + time;
        return value;
      }),
    );

  return {
    clock: { now: () => now },
    scan: () =>
      timer(0, ADVERTISING_INTERVAL).pipe(
        mergeMap(() => straps.filter(({ connected }) => !connected)),
        map(({ id, name, rssi, services }): Advertisement => ({ id, name, rssi, services })),
      ),
    connect: (id) =>
      defer(() => {
        const strap = straps.find((candidate) => candidate.id === id);
        if (strap === undefined) throw new SensorNotFoundError('There is no simulated sensor with this id.');
        if (strap.connected)
          throw new SensorDisconnectedError('The simulated sensor is connected elsewhere.');
        strap.connected = true;
        const connection: Connection = {
          notifications: (service, characteristic) =>
            service === uuids.heartRate && characteristic === uuids.heartRateMeasurement
              ? notifications(strap.packets)
              : throwError(() => new CharacteristicNotFoundError(service, characteristic)),
        };
        return concat(of(connection), NEVER).pipe(
          finalize(() => {
            strap.connected = false;
          }),
        );
      }),
  };
}

/** The next packets, made one by one as they are taken; the heart itself is never ended. */
function* next(packets: Generator<Packet>, count: number): Generator<Packet> {
  for (let at = 0; at < count; at++) yield packets.next().value as Packet;
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new InvalidArgumentError(`${name} must be a number from ${least} to ${most}, but is ${value}.`);
}
