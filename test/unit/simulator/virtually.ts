import { type Observable, timer } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect } from 'vitest';

/** Calls something at a virtual time, milliseconds from the beginning. */
export type At = (milliseconds: number, action: () => void) => void;

/** Runs a story in virtual time: it ends after its last event, and what is still watched ends with it. */
export function virtually(story: (at: At) => void): void {
  let waiting = 0;
  const failures: unknown[] = [];
  const scheduler = new TestScheduler(() => undefined);
  const act = (action: () => void) => {
    try {
      action();
    } catch (error) {
      failures.push(error);
    }
    if (--waiting === 0) stopAll();
  };
  scheduler.run(() => {
    story((milliseconds, action) => {
      waiting++;
      timer(milliseconds - scheduler.now()).subscribe(() => act(action));
    });
  });
  if (failures.length > 0) throw failures[0];
  expect(waiting).toBe(0);
}

const watching = new Set<() => void>();
const stopAll = () => {
  for (const stop of watching) stop();
  watching.clear();
};

/** Keeps what an Observable emits, and how it ends; within {@link virtually} until the end of the story. */
export function watch<Value>(source$: Observable<Value>) {
  const watched = { samples: [] as Value[], error: undefined as unknown, completed: false, stop };
  const subscription = source$.subscribe({
    next: (value) => watched.samples.push(value),
    error: (error: unknown) => (watched.error = error),
    complete: () => (watched.completed = true),
  });
  watching.add(stop);
  return watched;

  function stop() {
    subscription.unsubscribe();
    watching.delete(stop);
  }
}

export const minutes = (count: number) => count * 60_000;
