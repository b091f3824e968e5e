import { vi } from 'vitest';

/** Longer than a slow machine takes, milliseconds: only what never comes is waited for so long. */
const LONGEST = 60_000;

/** Waits until a check passes, and answers what it answers then. */
export const soon = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: LONGEST, interval: 10 });
