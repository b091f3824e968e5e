import {
  connect,
  defer,
  delay,
  filter,
  identity,
  type MonoTypeOperatorFunction,
  map,
  merge,
  type Observable,
  reduce,
  take,
  takeUntil,
  tap,
  throwError,
  throwIfEmpty,
  timeout,
} from 'rxjs';
import type { Advertisement, Central } from './central.js';
import { SensorNotConnectableError, SensorNotFoundError } from './errors.js';
import { scan } from './scan.js';
import type { SensorChoice } from './sensor-options.js';

/** How long to go on listening after the first sensor before the strongest one is taken, milliseconds. */
const STRONGEST_WINDOW = 1_000;
/** How long to go on listening after a sensor of the same name before it is taken for the one that was lost, milliseconds. */
const NAMESAKE_WINDOW = 2_000;

/**
 * Finds the sensor of one session: the first time the one that fits the choice, or the strongest where there is no
 * choice; from then on that one, by its id, or by its name where it has changed its address.
 *
 * @param within - How long to look, milliseconds.
 * @returns Looks for it when subscribed to, and emits it once. Errors with a {@link SensorNotFoundError} or a
 *   {@link SensorNotConnectableError}.
 */
export function sensorFinder(
  central: Central,
  choice: SensorChoice,
  within: number,
): Observable<Advertisement> {
  let known: Advertisement | undefined;
  /** All ids it has had: recognised by its name once, it need not be again. */
  const ids = new Set<string>();
  /** Others that were there at the beginning: a sensor that was lost cannot have become one of them. */
  const others = new Set<string>();
  const chosen = choice.id !== undefined || choice.name !== undefined;

  return defer(() => {
    let refused = false;
    // Whoever names a sensor, or points at it, may mean one that does not advertise its service.
    const heard$ = scan(central, { all: chosen || central.chooser === true || known !== undefined });
    // What a person has chosen is the answer, also where it is the wrong one.
    const candidates$ = (central.chooser ? heard$.pipe(take(1)) : heard$).pipe(
      filter((heard) => (known ? ids.has(heard.id) || isNamesake(heard, known) : fits(heard, choice))),
      filter(({ connectable }) => {
        refused ||= connectable === false;
        return connectable !== false;
      }),
    );
    const failure = () =>
      refused
        ? new SensorNotConnectableError(notConnectable)
        : new SensorNotFoundError(notFound(choice, within, central));
    const limit: MonoTypeOperatorFunction<Advertisement> = central.chooser
      ? identity
      : timeout({ first: within, with: () => throwError(failure) });
    const found$ = known
      ? candidates$.pipe(again(ids), limit)
      : candidates$.pipe(
          // Before the strongest is waited for: one that was heard in time is not missing.
          limit,
          tap(({ id }) => others.add(id)),
          chosen || central.chooser ? take(1) : strongest,
        );
    return found$.pipe(
      throwIfEmpty(failure),
      tap((found) => {
        known ??= found;
        ids.add(found.id);
      }),
    );
  });

  function isNamesake(heard: Advertisement, { name }: Advertisement): boolean {
    return choice.id === undefined && name !== undefined && heard.name === name && !others.has(heard.id);
  }
}

const strongest = /* @__PURE__ */ connect((heard$: Observable<Advertisement>) =>
  heard$.pipe(
    takeUntil(heard$.pipe(take(1), delay(STRONGEST_WINDOW))),
    reduce((best, next) => (strength(next) > strength(best) ? next : best)),
  ),
);

const strength = ({ rssi }: Advertisement) => rssi ?? Number.NEGATIVE_INFINITY;

/** The sensor itself as soon as it is heard; or else the one and only of its name, never one of several. */
function again(ids: ReadonlySet<string>) {
  return connect((heard$: Observable<Advertisement>) => {
    const itself$ = heard$.pipe(filter(({ id }) => ids.has(id)));
    const namesakes$ = heard$.pipe(filter(({ id }) => !ids.has(id)));
    const onlyNamesake$ = namesakes$.pipe(
      takeUntil(namesakes$.pipe(take(1), delay(NAMESAKE_WINDOW))),
      reduce((all, heard) => all.set(heard.id, heard), new Map<string, Advertisement>()),
      filter(({ size }) => size === 1),
      map((all) => [...all.values()][0] as Advertisement),
    );
    return merge(itself$, onlyNamesake$).pipe(take(1));
  });
}

/** Whether it is one that is meant. */
export function fits(heard: Advertisement, { id, name }: SensorChoice): boolean {
  if (id !== undefined && heard.id !== id) return false;
  if (name === undefined) return true;
  // search(), unlike test(), keeps no state in a pattern with the g flag.
  return typeof name === 'string' ? heard.name === name : (heard.name ?? '').search(name) !== -1;
}

const notConnectable =
  'The sensor was heard, but does not accept connections. Is it connected to something else, or a watch outside its ' +
  'broadcast mode?';

function notFound({ id, name }: SensorChoice, within: number, { chooser }: Central): string {
  const what = id !== undefined ? ' with this id' : name !== undefined ? ` named ${name}` : '';
  if (chooser) return `No heart-rate sensor${what} was chosen.`;
  return (
    `No heart-rate sensor${what} was heard within ${within} ms. Is it worn and near, a watch in its broadcast mode, ` +
    'and not connected elsewhere? A connected strap is not heard.'
  );
}
