import { inner } from './inner.js';
import type { Noble } from './noble.js';

const parked = new WeakSet<Noble>();

/** Lets go of the adapter, so that nothing of noble keeps the process alive. */
export function park(noble: Noble): void {
  parked.add(noble);
  const hci = inner(noble)._bindings?._hci;
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
  const parts = inner(noble);
  const { _bindings: bindings } = parts;
  parts._state = 'unknown';
  if (bindings) bindings._state = null;
  if (noble.stop) {
    // It starts anew at the next listener for its state, and then listens to its bindings a second time.
    bindings?.removeAllListeners();
    parts._initialized = false;
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
  const { _sigIntHandler, onSigIntBinded } = inner(noble)._bindings ?? {};
  const listener = _sigIntHandler ?? onSigIntBinded;
  if (listener === undefined || !process.listeners('SIGINT').includes(listener)) return;
  process.removeListener('SIGINT', listener);
  process.prependListener('SIGINT', listener);
}
