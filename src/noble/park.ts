import type { Noble } from './noble.js';

/** The inner parts of the two forks without which they keep a process alive for ever. */
interface Inner {
  _initialized?: boolean;
  _state: string;
  readonly _bindings?: {
    _state?: string | null;
    removeAllListeners(): void;
    readonly _hci?: {
      _isDevUp?: boolean | null;
      _state?: string | null;
      pollIsDevUp?: () => void;
      init(): void;
      readonly _socket?: { stop(): void; removeAllListeners(): void };
    };
  };
}

const parked = new WeakSet<Noble>();

/** Lets go of the adapter, so that nothing of noble keeps the process alive. */
export function park(noble: Noble): void {
  parked.add(noble);
  if (noble.stop) return noble.stop();
  // @abandonware/noble has no stop(): on Linux its socket and its poll, once a second, have to go by hand.
  const hci = (noble as unknown as Inner)._bindings?._hci;
  if (hci === undefined) return;
  hci._socket?.stop();
  hci.pollIsDevUp = () => undefined;
}

/** Takes a parked adapter back, as if noble were used for the first time. */
export function unpark(noble: Noble): void {
  if (!parked.delete(noble)) return;
  const inner = noble as unknown as Inner;
  const { _bindings: bindings } = inner;
  inner._state = 'unknown';
  if (bindings) bindings._state = null;
  if (noble.stop) {
    // It starts anew at the next listener for its state, and then listens to its bindings a second time.
    bindings?.removeAllListeners();
    inner._initialized = false;
    return;
  }
  const hci = bindings?._hci;
  if (hci === undefined) return;
  delete hci.pollIsDevUp;
  hci._socket?.removeAllListeners();
  hci._isDevUp = null;
  hci._state = null;
  hci.init();
}
