import {
  defer,
  distinctUntilChanged,
  filter,
  fromEvent,
  map,
  merge,
  type Observable,
  of,
  switchMap,
  tap,
  throwError,
  timeout,
  using,
} from 'rxjs';
import { Dialler } from './dialler.js';
import type { Hold } from './hold.js';
import { tolerateLateWrites } from './late-writes.js';
import type { Noble, NoblePeripheral } from './noble.js';
import { letOthersHandleSigInt, park, unpark } from './park.js';
import { scanner } from './scanner.js';
import { unavailable } from './unavailable.js';

/** How long an adapter may take to come up, milliseconds. */
const POWER_ON_TIMEOUT = 5_000;
/** How long the adapter is kept after its last use, milliseconds: finding is followed by connecting. */
const LINGER = 300;

/** The one adapter of a noble: held while somebody uses it, let go afterwards so that the process can exit. */
export class Adapter {
  static readonly #adapters = new WeakMap<Noble, Adapter>();
  /** Opens the links of all who use it. */
  readonly dialler: Dialler;
  /** The scan of all who use it. */
  readonly scan$: Observable<NoblePeripheral>;
  /** What has been heard since the adapter is on, by id: noble forgets it, too, when that goes off. */
  readonly heard = new Map<string, NoblePeripheral>();
  readonly #noble: Noble;
  #users = 0;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  /** Keeps the adapter until the answer is unsubscribed from. */
  readonly hold: Hold = () => {
    clearTimeout(this.#lingering);
    if (this.#users++ === 0) unpark(this.#noble);
    let held = true;
    return {
      unsubscribe: () => {
        if (!held) return;
        held = false;
        if (--this.#users > 0) return;
        this.#lingering = setTimeout(() => park(this.#noble), LINGER);
      },
    };
  };

  private constructor(noble: Noble) {
    this.#noble = noble;
    tolerateLateWrites(noble);
    this.dialler = new Dialler(noble, this.hold);
    this.scan$ = scanner(noble, this.hold).pipe(
      tap((peripheral) => this.heard.set(peripheral.id, peripheral)),
    );
  }

  /** The adapter of a noble: noble is one for the process, and so is this. */
  static of(noble: Noble): Adapter {
    const adapter = Adapter.#adapters.get(noble) ?? new Adapter(noble);
    Adapter.#adapters.set(noble, adapter);
    return adapter;
  }

  /** Does something while the adapter is on; errors where it is not, or when it goes off. */
  use<Value>(work: () => Observable<Value>): Observable<Value> {
    return using(
      () => this.hold(),
      () => this.#poweredOn().pipe(switchMap(work)),
    );
  }

  #poweredOn(): Observable<string> {
    let last = 'unknown';
    // Listening makes noble start; only then may its state be read.
    const states = merge(
      fromEvent(this.#noble as never, 'stateChange') as Observable<string>,
      defer(() => of(this.#noble.state)),
    );
    const failures = (fromEvent(this.#noble as never, 'warning') as Observable<string>).pipe(
      filter((warning) => warning.startsWith('Initialization')),
      map(() => 'unsupported'),
    );
    const poweredOn = merge(states, failures).pipe(
      map((state) => {
        const wasOn = last === 'poweredOn';
        last = state;
        letOthersHandleSigInt(this.#noble);
        if (wasOn && state !== 'poweredOn') this.heard.clear();
        if (state === 'unsupported' || state === 'unauthorized' || (wasOn && state !== 'poweredOn'))
          throw unavailable(state);
        return state;
      }),
      filter((state) => state === 'poweredOn'),
      // Told twice, it must not start the work anew.
      distinctUntilChanged(),
    );
    return poweredOn.pipe(
      timeout({ first: POWER_ON_TIMEOUT, with: () => throwError(() => unavailable(last)) }),
    );
  }
}
