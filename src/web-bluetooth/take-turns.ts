import { Observable } from 'rxjs';

/** Runs something when it is its turn. */
export type Turns = <Value>(work: () => Promise<Value>) => Observable<Value>;

/** Lets one run at a time, in the order of subscription; who is unsubscribed from makes way for the next. */
export function takeTurns(): Turns {
  let last = Promise.resolve();
  return (work) =>
    new Observable((subscriber) => {
      const over = new Promise<void>((resolve) => subscriber.add(resolve));
      const turn = last;
      last = turn.then(() => over);
      turn
        .then(() => (subscriber.closed ? undefined : work()))
        .then(
          (value) => {
            subscriber.next(value as Awaited<ReturnType<typeof work>>);
            subscriber.complete();
          },
          (error: unknown) => subscriber.error(error),
        );
    });
}
