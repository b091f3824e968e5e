import { Observable } from 'rxjs';

interface Source {
  on(event: string, listener: (...values: never[]) => void): unknown;
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
}

/**
 * Asks for something and emits what the first fitting event says. The promises of noble are not used for that: those
 * of a link that is lost may stay open for ever, with a listener each, and one that asks twice may get one answer.
 */
export function answer<Values extends unknown[]>(
  source: Source,
  event: string,
  ask: () => void,
  fits: (...values: Values) => boolean = () => true,
): Observable<Values> {
  return new Observable((subscriber) => {
    const listener = (...told: never[]) => {
      const values = told as unknown[] as Values;
      if (!fits(...values)) return;
      subscriber.next(values);
      subscriber.complete();
    };
    source.on(event, listener);
    subscriber.add(() => source.removeListener(event, listener));
    ask();
  });
}
