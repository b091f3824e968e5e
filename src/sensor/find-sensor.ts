import {
  connect,
  delay,
  filter,
  type Observable,
  reduce,
  take,
  takeUntil,
  throwError,
  throwIfEmpty,
  timeout,
} from 'rxjs';
import type { Advertisement, Central } from './central.js';
import { SensorNotFoundError } from './errors.js';
import { scan } from './scan.js';

/** Which sensor is meant. */
export interface SensorChoice {
  /** The id a scan shows. */
  readonly id?: string | undefined;
  /** The whole advertised name, or a pattern that it matches. */
  readonly name?: string | RegExp | undefined;
}

/** How long to go on listening after the first sensor before the strongest one is taken, milliseconds. */
const STRONGEST_WINDOW = 1_000;

/**
 * Finds one sensor: the first that fits the choice, or the strongest around where there is no choice.
 * Emits it and completes, or errors with a {@link SensorNotFoundError} after `within` milliseconds.
 */
export function findSensor(
  central: Central,
  choice: SensorChoice,
  within: number,
): Observable<Advertisement> {
  const chosen = choice.id !== undefined || choice.name !== undefined;
  // Whoever names a sensor may mean one that does not advertise its service.
  const candidates = scan(central, { all: chosen }).pipe(filter((heard) => fits(heard, choice)));
  const found = chosen ? candidates.pipe(take(1)) : candidates.pipe(strongest());
  const notFound = () => new SensorNotFoundError(describe(choice, within));
  return found.pipe(timeout({ first: within, with: () => throwError(notFound) }), throwIfEmpty(notFound));
}

function strongest() {
  return connect((heard: Observable<Advertisement>) =>
    heard.pipe(
      takeUntil(heard.pipe(take(1), delay(STRONGEST_WINDOW))),
      reduce((best, next) => (next.rssi > best.rssi ? next : best)),
    ),
  );
}

function fits(heard: Advertisement, { id, name }: SensorChoice): boolean {
  if (id !== undefined && heard.id !== id) return false;
  if (name === undefined) return true;
  // search(), unlike test(), keeps no state in a pattern with the g flag.
  return typeof name === 'string' ? heard.name === name : (heard.name ?? '').search(name) !== -1;
}

function describe({ id, name }: SensorChoice, within: number): string {
  const what = id !== undefined ? ' with this id' : name !== undefined ? ` named ${name}` : '';
  return (
    `No heart-rate sensor${what} was heard within ${within} ms. Is it worn and near, a watch in its broadcast mode, ` +
    'and not connected elsewhere? A connected strap is not heard.'
  );
}
