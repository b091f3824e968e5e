import { inner } from './inner.js';
import type { Noble } from './noble.js';

/**
 * One fork rejects a promise that nobody holds, and with that ends the process, where a write comes to its turn just
 * after its link was lost. Such a write is dropped here, and those behind it go on.
 */
export function tolerateLateWrites(noble: Noble): void {
  const hci = inner(noble)._bindings?._hci;
  const flush = hci?.flushAcl;
  if (noble.stop || !hci || !flush) return;
  hci.flushAcl = () => flush.call(hci).catch(() => hci.flushAcl?.());
}
