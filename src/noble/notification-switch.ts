import { map, type Observable, Subject, takeUntil } from 'rxjs';
import { answer } from './answer.js';
import type { NobleCharacteristic } from './noble.js';
import { refused } from './refused.js';

/**
 * Switches the notifications of one characteristic, one switch after the other: one fork of noble drops a request that
 * contradicts one on its way.
 */
export class NotificationSwitch {
  /** Emits why they could not be switched on. */
  readonly failed$ = new Subject<unknown>();
  readonly #characteristic: NobleCharacteristic;
  readonly #refused$: Observable<never>;
  #wanted = false;
  #on = false;
  #switching = false;

  /** @param refused$ - Errors when the device refuses, and when the link is no more. */
  constructor(characteristic: NobleCharacteristic, refused$: Observable<never>) {
    this.#characteristic = characteristic;
    this.#refused$ = refused$;
  }

  /** Switches them on or off, as soon as what is under way is done. */
  turn(on: boolean): void {
    this.#wanted = on;
    // Where the link is closed too, that comes next, and a write on its way to a closed link breaks noble.
    queueMicrotask(() => this.#next());
  }

  #next(): void {
    if (this.#switching || this.#wanted === this.#on) return;
    const on = this.#wanted;
    const ask = () => (on ? this.#characteristic.subscribe() : this.#characteristic.unsubscribe());
    const done = (nowOn: boolean) => {
      this.#switching = false;
      this.#on = nowOn;
      this.#next();
    };
    this.#switching = true;
    answer<[boolean, unknown?]>(this.#characteristic, 'notify', ask)
      .pipe(
        map(([, error]) => {
          if (error) throw refused('notify', error);
        }),
        takeUntil(this.#refused$),
      )
      .subscribe({
        complete: () => done(on),
        error: (error: unknown) => {
          if (on) {
            this.#wanted = false;
            this.failed$.next(error);
          }
          done(false);
        },
      });
  }
}
