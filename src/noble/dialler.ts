import { Observable, type Subscriber } from 'rxjs';
import { SensorDisconnectedError } from '../sensor/index.js';
import { closeLink, linkClosed } from './close-link.js';
import type { Hold } from './hold.js';
import { inner } from './inner.js';
import type { Noble, NoblePeripheral } from './noble.js';

/** How long one may try to open its link while others wait, milliseconds; then they have their turn. */
const TURN = 2_000;
/** How long giving up may take, and after which time it is looked at and asked for again, milliseconds. */
const CANCEL_TIMEOUT = 500;
const CANCEL_POLL = 20;

interface Call {
  readonly peripheral: NoblePeripheral;
  readonly subscriber: Subscriber<void>;
}

/**
 * Opens links one after the other, as an adapter does. Noble queues attempts, too, but there one that never ends holds
 * up all others, and giving up one that waits ends the one that is under way.
 */
export class Dialler {
  readonly #noble: Noble;
  readonly #hold: Hold;
  readonly #waiting: Call[] = [];
  #running = false;

  constructor(noble: Noble, hold: Hold) {
    this.#noble = noble;
    this.#hold = hold;
  }

  /** Opens a link, and completes when it is open. Unsubscribing before gives it up. */
  open(peripheral: NoblePeripheral): Observable<void> {
    return new Observable((subscriber) => {
      this.#waiting.push({ peripheral, subscriber });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    // Whoever gives up a link that is being opened needs the adapter until that is done.
    const held = this.#hold();
    for (let call = this.#waiting.shift(); call; call = this.#waiting.shift()) await this.#dial(call);
    held.unsubscribe();
    this.#running = false;
  }

  async #dial(call: Call): Promise<void> {
    const { peripheral, subscriber } = call;
    await linkClosed(peripheral);
    if (subscriber.closed) return;
    const outcome = await this.#attempt(call);
    if (outcome === 'open') {
      if (subscriber.closed) closeLink(peripheral, this.#hold);
      subscriber.complete();
      return;
    }
    if (outcome instanceof SensorDisconnectedError) {
      subscriber.error(outcome);
      return;
    }
    await this.#cancel(peripheral);
    if (!subscriber.closed) this.#waiting.push(call);
  }

  #attempt({ peripheral, subscriber }: Call): Promise<'open' | 'given up' | SensorDisconnectedError> {
    return new Promise((resolve) => {
      const settle = (outcome: 'open' | 'given up' | SensorDisconnectedError) => {
        clearInterval(turn);
        resolve(outcome);
      };
      const turn = setInterval(() => {
        if (this.#waiting.some((call) => !call.subscriber.closed)) settle('given up');
      }, TURN);
      subscriber.add(() => settle('given up'));
      peripheral.connectAsync().then(
        () => settle('open'),
        (cause: unknown) =>
          settle(new SensorDisconnectedError('The link to the sensor could not be opened.', { cause })),
      );
    });
  }

  /** Gives up a link that is being opened; it may have opened just before, and is closed then. */
  async #cancel(peripheral: NoblePeripheral): Promise<void> {
    const bindings = inner(this.#noble)._bindings;
    peripheral.cancelConnect();
    for (let waited = 0; bindings?._pendingConnectionUuid && waited < CANCEL_TIMEOUT; waited += CANCEL_POLL) {
      await new Promise((resolve) => setTimeout(resolve, CANCEL_POLL));
      // Once is not always enough: one fork resets the adapter first, and connects after that all the same.
      if (bindings._pendingConnectionUuid && waited % (5 * CANCEL_POLL) === 0)
        bindings.cancelConnect(peripheral.id);
    }
    // With an adapter that is gone it would wait for the answer for ever, and all after it.
    if (bindings?._pendingConnectionUuid) bindings._pendingConnectionUuid = null;
    if (peripheral.state === 'connected') closeLink(peripheral, this.#hold);
  }
}
