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
  throwError,
  timeout,
  using,
} from 'rxjs';
import { BluetoothUnavailableError } from '../sensor/index.js';
import type { Noble } from './noble.js';
import { letOthersHandleSigInt, park, unpark } from './park.js';

/** How long an adapter may take to come up, milliseconds. */
const POWER_ON_TIMEOUT = 5_000;
/** How long stopping a scan may take, milliseconds. */
const STOP_SCAN_TIMEOUT = 500;
/** How long the adapter is kept after its last use, milliseconds: finding is followed by connecting. */
const LINGER = 300;

/** What to do about a state that will not pass by itself. */
const remedies: Record<string, string> = {
  unsupported: 'This machine has no Bluetooth LE adapter that noble can use.',
  unauthorized:
    'This process may not use Bluetooth. Linux: sudo setcap cap_net_raw+eip $(readlink -f $(which node)); ' +
    'macOS: allow Bluetooth for the terminal in Privacy & Security.',
  poweredOff: 'Bluetooth is off: switch it on.',
};

/** The one adapter of a noble: held while somebody uses it, let go afterwards so that the process can exit. */
export class Adapter {
  static readonly #adapters = new WeakMap<Noble, Adapter>();
  readonly #noble: Noble;
  #users = 0;
  #lingering: ReturnType<typeof setTimeout> | undefined;
  #stopped: Promise<void> = Promise.resolve();

  private constructor(noble: Noble) {
    this.#noble = noble;
  }

  /** The adapter of a noble: noble is one for the process, and so is this. */
  static of(noble: Noble): Adapter {
    const adapter = Adapter.#adapters.get(noble) ?? new Adapter(noble);
    Adapter.#adapters.set(noble, adapter);
    return adapter;
  }

  /** Does something while the adapter is on; errors where it is not, or when it goes off. */
  use<Value>(work: (noble: Noble) => Observable<Value>): Observable<Value> {
    return using(
      () => this.hold(),
      () => this.#poweredOn().pipe(switchMap(() => work(this.#noble))),
    );
  }

  /** Keeps the adapter until the answer is unsubscribed from. */
  hold(): { unsubscribe(): void } {
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
  }

  /** Settles when the last scan has stopped: one that is started before that does not start. */
  get scanStopped(): Promise<void> {
    return this.#stopped;
  }

  /** Stops the scan, and keeps the adapter until that is done. */
  stopScanning(): void {
    const hold = this.hold();
    this.#stopped = new Promise((resolve) => {
      const timer = setTimeout(resolve, STOP_SCAN_TIMEOUT);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      // With an adapter that is gone it throws at once.
      defer(() => this.#noble.stopScanningAsync()).subscribe({ error: done, complete: done });
    });
    this.#stopped.then(() => hold.unsubscribe());
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

function unavailable(state: string): BluetoothUnavailableError {
  const remedy = remedies[state] ?? 'Check that the adapter is plugged in and not used by another program.';
  return new BluetoothUnavailableError(`The Bluetooth adapter cannot be used (${state}). ${remedy}`);
}
