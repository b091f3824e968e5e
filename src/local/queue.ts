import { guard } from './guard.js';

/** Runs one task after the other, whether the one before failed or not. */
export function queue(): <Value>(what: string, task: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return (what, task) => {
    const next = last.then(() => guard(what, task));
    last = next.catch(() => undefined);
    return next;
  };
}
