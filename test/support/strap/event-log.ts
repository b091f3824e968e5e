import type { RigEvent } from './protocol.ts';

interface Waiter {
  wants: (event: RigEvent) => boolean;
  take: (event: RigEvent) => void;
  fail: (error: Error) => void;
}

/** Hands out each event once, whether it came before or comes after somebody asks for it. */
export class EventLog {
  readonly all: RigEvent[] = [];
  #untaken: RigEvent[] = [];
  readonly #waiters = new Set<Waiter>();
  #failure: Error | undefined;

  add(event: RigEvent): void {
    this.all.push(event);
    if (event.event === 'error') this.#failAll(new Error(`The virtual strap reports: ${event.message}`));
    const waiter = [...this.#waiters].find(({ wants }) => wants(event));
    if (waiter) waiter.take(event);
    else this.#untaken.push(event);
  }

  /** Nothing will come any more. */
  end(reason: Error): void {
    this.#failure = reason;
    this.#failAll(reason);
  }

  next<Wanted extends RigEvent>(
    wants: ((event: RigEvent) => event is Wanted) | ((event: RigEvent) => boolean),
    timeoutMs: number,
    what: string,
  ): Promise<Wanted> {
    const index = this.#untaken.findIndex(wants);
    const [past] = index < 0 ? [] : this.#untaken.splice(index, 1);
    if (past) return Promise.resolve(past as Wanted);
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        wants,
        take: (event) => {
          settle();
          resolve(event as Wanted);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      const seen = (): string => this.all.map(({ event }) => event).join(', ') || 'nothing';
      const timer = setTimeout(
        () => waiter.fail(new Error(`${what} did not come within ${timeoutMs} ms; so far came: ${seen()}`)),
        timeoutMs,
      );
      this.#waiters.add(waiter);
    });
  }

  #failAll(error: Error): void {
    for (const waiter of [...this.#waiters]) waiter.fail(error);
  }
}
