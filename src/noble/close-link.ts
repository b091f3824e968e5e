import type { Hold } from './hold.js';
import type { NoblePeripheral } from './noble.js';

/** How long a link may take to close before the adapter is let go all the same, milliseconds. */
const DISCONNECT_TIMEOUT = 500;

const closings = new WeakMap<NoblePeripheral, Promise<void>>();

/** Closes a link, and keeps the adapter until that has gone out. */
export function closeLink(peripheral: NoblePeripheral, hold: Hold): void {
  const held = hold();
  const closing = new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      peripheral.removeListener('disconnect', done);
      resolve();
    };
    const timer = setTimeout(done, DISCONNECT_TIMEOUT);
    peripheral.on('disconnect', done);
    peripheral.disconnect();
  });
  closings.set(peripheral, closing);
  closing.then(() => held.unsubscribe());
}

/** Settles when a link is no longer being closed: until then it cannot be opened anew. */
export const linkClosed = (peripheral: NoblePeripheral) => closings.get(peripheral) ?? Promise.resolve();
