import type { Noble } from './noble.js';

/** The inner parts of the two forks without which they keep a process alive for ever, or cannot be used twice. */
interface Inner {
  _initialized?: boolean;
  _state: string;
  readonly _bindings?: Emitter & {
    _state?: string | null;
    readonly _hci?: Hci;
    readonly _sigIntHandler?: () => void;
    readonly onSigIntBinded?: () => void;
  };
}
interface Hci extends Emitter {
  _isDevUp?: boolean | null;
  _state?: string | null;
  _aclQueue?: unknown[];
  readonly _aclConnections?: Map<unknown, unknown>;
  pollIsDevUp?: () => void;
  init(): void;
  readonly _socket?: Emitter & { stop(): void };
}
interface Emitter {
  on(event: string, listener: () => void): void;
  removeAllListeners(): void;
}

const parked = new WeakSet<Noble>();

/** Lets go of the adapter, so that nothing of noble keeps the process alive. */
export function park(noble: Noble): void {
  parked.add(noble);
  const hci = (noble as unknown as Inner)._bindings?._hci;
  if (noble.stop) {
    noble.stop();
    // What comes late from the closed socket must not be taken for news of the next one.
    hci?.removeAllListeners();
  } else if (hci) {
    // @abandonware/noble has no stop(): on Linux its socket and its poll, once a second, have to go by hand.
    hci._socket?.stop();
    hci._aclConnections?.clear();
    hci._aclQueue = [];
    hci.pollIsDevUp = () => undefined;
  }
  hci?._socket?.removeAllListeners();
  hci?._socket?.on('error', () => undefined);
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
  } else if (bindings?._hci) {
    const hci = bindings._hci;
    delete hci.pollIsDevUp;
    hci._isDevUp = null;
    hci._state = null;
    hci.init();
  }
}

/**
 * Noble ends the process at a SIGINT where its listener is the last one, so a program whose own came before would be
 * cut off while it unsubscribes or flushes. In front of all others, noble's ends the process only where it is alone.
 */
export function letOthersHandleSigInt(noble: Noble): void {
  const { _sigIntHandler, onSigIntBinded } = (noble as unknown as Inner)._bindings ?? {};
  const listener = _sigIntHandler ?? onSigIntBinded;
  if (listener === undefined || !process.listeners('SIGINT').includes(listener)) return;
  process.removeListener('SIGINT', listener);
  process.prependListener('SIGINT', listener);
}
