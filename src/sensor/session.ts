import {
  concatWith,
  defer,
  filter,
  finalize,
  map,
  type Observable,
  retry,
  switchMap,
  tap,
  timeout,
  timer,
} from 'rxjs';
import { LiveHeartRateError } from '../errors.js';
import { uuids } from '../profile/index.js';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { Advertisement, Central, Connection } from './central.js';
import { sessionClock } from './clock.js';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  NotAHeartRateSensorError,
  SensorNotConnectableError,
  SensorNotFoundError,
} from './errors.js';
import { CONNECT_TIMEOUT, late, linkEnded, openLink } from './link.js';
import { sampler } from './sampler.js';
import type { Settings } from './sensor-options.js';
import type { SensorStatus } from './status.js';

/** What a session tells beside its samples. */
export interface SessionEvents {
  /** Called with each new status. */
  status(status: SensorStatus): void;
  /** Called with the link once it is open, and with nothing when it is no more. */
  connection(connection: Connection | undefined): void;
}

/**
 * One session: found, connected to, decoded, and connected to again whenever the link is lost or silent.
 * Each subscription is a session of its own.
 *
 * @param find - Looks for the sensor, the same one each time after the first.
 */
export function session(
  central: Central,
  find: Observable<Advertisement>,
  { silence, backOff, onMalformed }: Settings,
  events: SessionEvents,
): Observable<HeartRateSample> {
  return defer(() => {
    const clock = sessionClock(central);
    const toSample = sampler(clock, onMalformed);
    /** What the session calls its sensor, whatever address that may have later. */
    let sensor: SensorIdentity | undefined;
    let live = false;
    let everLive = false;
    let failures = 0;
    const now = () => new Date(clock.now());

    const goLive = (identity: SensorIdentity) => {
      live = everLive = true;
      failures = 0;
      const reason = 'The sensor sends its heart rate.';
      events.status({ state: 'live', time: now(), reason, sensor: identity });
    };

    const link$ = (heard: Advertisement): Observable<HeartRateSample> => {
      const identity = sensor ?? identityOf(heard);
      sensor = identity;
      events.status({ state: 'connecting', time: now(), reason: 'The sensor was heard.', sensor: identity });
      return openLink(central, heard.id).pipe(
        tap((connection) => events.connection(connection)),
        switchMap((connection) =>
          connection.notifications(uuids.heartRate, uuids.heartRateMeasurement).pipe(concatWith(linkEnded)),
        ),
        map((packet) => {
          const sample = toSample(packet, identity);
          if (sample !== undefined && !live) goLive(identity);
          return sample;
        }),
        // Behind the decoding: a sensor that sends nothing but rubbish shows no present heart rate either.
        filter((sample) => sample !== undefined),
        timeout({
          // Before the first value the link is opened and the services are discovered, which takes longer.
          first: Math.max(silence, FIRST_SAMPLE_TIMEOUT),
          each: silence,
          with: ({ seen }) => {
            const reason = seen > 0 ? `sent no heart rate for ${silence} ms` : 'sent no heart rate at all';
            events.status({
              state: 'silent',
              time: now(),
              reason: `The sensor ${reason}.`,
              sensor: identity,
            });
            return late(reason);
          },
        }),
        finalize(() => {
          live = false;
          events.connection(undefined);
        }),
      );
    };

    const attempt$ = defer(() => {
      events.status({ state: 'scanning', time: now(), reason: 'Looking for the sensor.' });
      return find;
    }).pipe(switchMap(link$));

    let ended = false;
    const end = (reason: string, error?: unknown) => {
      ended = true;
      events.status({ state: 'ended', time: now(), reason, ...(error !== undefined && { error }) });
    };

    // Each sample goes through every operator from here up, so there is none that only looks on.
    return attempt$.pipe(
      retry({
        delay: (failure: unknown) => {
          const error = explain(failure);
          if (sensor === undefined || !isPassing(error, everLive) || failures >= backOff.attempts) {
            end(messageOf(error), error);
            throw error;
          }
          const pause = backOff.pause(++failures);
          events.status({
            state: 'reconnecting',
            time: now(),
            reason: messageOf(error),
            attempt: failures,
            nextTry: new Date(clock.now() + pause),
            error,
          });
          return timer(pause);
        },
      }),
      finalize(() => {
        if (!ended) end('Nobody listens any more.');
      }),
    );
  });
}

/** How long it may take from the opening of a link to its first heart rate, milliseconds. */
const FIRST_SAMPLE_TIMEOUT = 2 * CONNECT_TIMEOUT;

/** What a session calls its sensor. */
export const identityOf = ({ id, name }: Advertisement): SensorIdentity => (name ? { id, name } : { id });

function explain(error: unknown): unknown {
  return error instanceof CharacteristicNotFoundError
    ? new NotAHeartRateSensorError({ cause: error })
    : error;
}

/** Whether the sensor may be had again later: all but a device that is the wrong one, or a fault of ours. */
function isPassing(error: unknown, everLive: boolean): boolean {
  return (
    error instanceof SensorNotFoundError ||
    error instanceof SensorNotConnectableError ||
    error instanceof BluetoothUnavailableError ||
    // A watch that has been one, but is outside its broadcast mode now.
    (error instanceof NotAHeartRateSensorError && everLive) ||
    (error instanceof LiveHeartRateError && error.retriable)
  );
}

/** What others say may name the address of a sensor. */
const messageOf = (error: unknown) =>
  error instanceof LiveHeartRateError ? error.message : 'Something unexpected failed: see the error.';
