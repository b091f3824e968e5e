/** @typedef {{ readonly at: number, readonly work: () => void }} Timer */

/**
 * Takes the place of `performance.now()` and of timers in this process: time passes only when it is told to, so that
 * days take seconds. Load it before what is to live by it.
 */
export function virtualClock() {
  const realTurn = setImmediate;
  let now = 0;
  let id = 0;
  /** @type {Map<number, Timer>} */
  const timers = new Map();

  performance.now = () => now;
  globalThis.setTimeout = /** @type {any} */ (
    (/** @type {(...values: unknown[]) => void} */ work, delay = 0, /** @type {unknown[]} */ ...values) => {
      timers.set(++id, { at: now + delay, work: () => work(...values) });
      return id;
    }
  );
  globalThis.clearTimeout = /** @type {any} */ ((/** @type {number} */ timer) => timers.delete(timer));

  function nextTimer() {
    let next;
    for (const [id, { at }] of timers) if (next === undefined || at < next.at) next = { id, at };
    return next;
  }

  return {
    /** Goes on to a time, and does what is due until then. @param {number} time */
    async goTo(time) {
      for (let next = nextTimer(); next && next.at <= time; next = nextTimer()) {
        now = next.at;
        const work = timers.get(next.id)?.work;
        timers.delete(next.id);
        work?.();
        // What a timer begins goes on in promises.
        await new Promise((resolve) => realTurn(resolve));
      }
      now = time;
    },
  };
}
