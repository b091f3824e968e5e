import {
  BehaviorSubject,
  defer,
  distinctUntilChanged,
  filter,
  map,
  NEVER,
  Observable,
  of,
  type Subscriber,
  Subscription,
  switchMap,
  take,
  tap,
  timer,
} from 'rxjs';
import type { HeartRateSample, SensorIdentity } from '../sample/index.js';
import type { Advertisement, Central } from './central.js';
import { NotAHeartRateSensorError } from './errors.js';
import type { Settings } from './sensor-options.js';
import { identityOf, session } from './session.js';
import type { SensorStatus } from './status.js';

/** How long a sensor whose session has ended is left alone, milliseconds: it may fail at once each time it is heard. */
const PAUSE = 10_000;
/** How many that are away are remembered: devices that change their random ids would become ever more. */
const AWAY_MAX = 1_000;

/** What becomes known of a sensor beside its samples. */
export interface RosterEvents {
  /** Called with each new status of a sensor. */
  status(status: SensorStatus, sensor: SensorIdentity): void;
  /** Called when a sensor has ended alone. */
  failure(error: unknown): void;
}

/**
 * A session for each sensor that is heard, while there is a place.
 *
 * @param scan$ - The sensors around, heard again and again. Nobody listens while all places are taken.
 * @param places - To how many to be connected at a time.
 */
export function roster(
  central: Central,
  scan$: Observable<Advertisement>,
  places: number,
  settings: Settings,
  events: RosterEvents,
): Observable<HeartRateSample> {
  return new Observable((subscriber) => {
    /** By id, who was longest without a place first: their sessions, and after those their pauses. */
    const known = new Map<string, Subscription>();
    /** The ids of those that have a place. */
    const placed = new Set<string>();
    /** By id, how to tell those that are looked for that they are heard. */
    const missing = new Map<string, Subscriber<Advertisement>>();
    const taken$ = new BehaviorSubject(0);
    const heard$ = central.chooser
      ? scan$.pipe(take(1))
      : taken$.pipe(
          map((taken) => taken < places),
          distinctUntilChanged(),
          switchMap((free) => (free ? scan$ : NEVER)),
        );

    /** Heard once more. What a person has chosen is shown at once, so that it has to be asked for. */
    const again$ = (id: string) =>
      central.chooser
        ? scan$.pipe(filter((heard) => heard.id === id))
        : new Observable<Advertisement>((finder) => {
            missing.set(id, finder);
            return () => missing.delete(id);
          });

    function admit(first: Advertisement): void {
      const { id } = first;
      const sensor = identityOf(first);
      let found$ = of(first);
      const find = defer(() => {
        const now$ = found$;
        found$ = again$(id);
        return now$.pipe(take(1));
      }).pipe(tap(() => taken$.next(placed.add(id).size)));
      const session$ = session(central, find, settings, {
        status: (status) => events.status(status, sensor),
        connection: (connection) => {
          if (connection === undefined) leave(id);
        },
      });
      const slot = new Subscription();
      known.set(id, slot);
      subscriber.add(slot);
      slot.add(
        session$.subscribe({
          next: (sample) => subscriber.next(sample),
          error: (error: unknown) => {
            // There is no other to go on.
            if (central.chooser) return subscriber.error(error);
            events.failure(error);
            // One that measures no heart rate will not do so later.
            const pause$ = error instanceof NotAHeartRateSensorError ? NEVER : timer(PAUSE);
            const pause = pause$.subscribe(() => known.delete(id));
            known.set(id, pause);
            subscriber.add(pause);
            // So that nothing is left of one that comes and goes.
            slot.unsubscribe();
          },
        }),
      );
    }

    function leave(id: string): void {
      // To the end of the line: who had a link is known, and none that has a place is forgotten.
      const slot = known.get(id) as Subscription;
      known.delete(id);
      known.set(id, slot);
      placed.delete(id);
      taken$.next(placed.size);
    }

    function forgetOne(): void {
      for (const [id, slot] of known) {
        if (placed.has(id)) continue;
        slot.unsubscribe();
        known.delete(id);
        return;
      }
    }

    // In this order, so that a place that becomes free at the end starts no new scan.
    subscriber.add(() => taken$.complete());
    subscriber.add(
      heard$.subscribe({
        next: (heard) => {
          missing.get(heard.id)?.next(heard);
          if (known.has(heard.id)) return;
          if (known.size - placed.size >= AWAY_MAX) forgetOne();
          admit(heard);
        },
        error: (error: unknown) => subscriber.error(error),
      }),
    );
  });
}
