import { defer, EMPTY, ignoreElements, map, merge, Observable, share, takeUntil } from 'rxjs';
import { canonicalUuid } from '../profile/index.js';
import type { CharacteristicProperty, GattCharacteristic } from '../sensor/central.js';
import { answer } from './answer.js';
import type { Operation, Refusals } from './att-errors.js';
import type { NobleCharacteristic } from './noble.js';
import { NotificationSwitch } from './notification-switch.js';
import { notOffered, refused, refusedWith } from './refused.js';

/** What a characteristic needs to know of its link. */
export interface LinkOf {
  /** Errors when the link is no more. */
  readonly lost$: Observable<never>;
  /** What the device refuses, where that can be seen. */
  readonly refusals: Refusals | undefined;
}

/** One characteristic over one link: whoever uses it at the same time is served together or one after the other. */
export class Characteristic implements GattCharacteristic {
  readonly uuid: string;
  readonly properties: readonly CharacteristicProperty[];
  /** Its value, read once for all who ask at the same time. */
  readonly read$: Observable<Uint8Array>;
  /** Its notified values; on as long as somebody listens. */
  readonly notifications$: Observable<Uint8Array>;
  readonly #service: string;
  readonly #noble: NobleCharacteristic;
  readonly #link: LinkOf;
  #written: Promise<unknown> = Promise.resolve();

  /** @param service - UUID of its service as noble writes it. */
  constructor(service: string, noble: NobleCharacteristic, link: LinkOf) {
    this.uuid = canonicalUuid(noble.uuid);
    this.properties = noble.properties as CharacteristicProperty[];
    this.#service = service;
    this.#noble = noble;
    this.#link = link;
    this.read$ = this.#offered('read', this.#read().pipe(share()));
    this.notifications$ = this.#offered('notify', this.#notifications().pipe(share()));
  }

  /** Writes a value once those before it are written: noble does not tell which one was acknowledged. */
  write(value: Uint8Array): Observable<never> {
    const write$ = answer<[unknown?]>(this.#noble, 'write', () =>
      this.#noble.write(Buffer.from(value), false),
    ).pipe(
      map(([error]) => {
        if (error) throw refused('write', error);
      }),
      ignoreElements(),
      takeUntil(this.#refused('write')),
    );
    const inTurn$ = new Observable<never>((subscriber) => {
      const before = this.#written;
      const ended = new Promise<void>((resolve) => subscriber.add(resolve));
      this.#written = Promise.all([before, ended]);
      before.then(() => {
        if (!subscriber.closed)
          subscriber.add(
            write$.subscribe({ error: (e) => subscriber.error(e), complete: () => subscriber.complete() }),
          );
      });
    });
    return this.#offered('write', inTurn$);
  }

  #read(): Observable<Uint8Array> {
    const ask = () => this.#noble.read();
    const isAnswer = (_value: Uint8Array, isNotification?: boolean) => !isNotification;
    return answer<[Uint8Array, boolean?, unknown?]>(this.#noble, 'data', ask, isAnswer).pipe(
      map(([value, , error]) => {
        // Where refusals cannot be seen, an empty value is how noble tells of them.
        if (error || (value.length === 0 && !this.#link.refusals)) throw refused('read', error);
        return new Uint8Array(value);
      }),
      takeUntil(this.#refused('read')),
    );
  }

  #notifications(): Observable<Uint8Array> {
    const toggle = new NotificationSwitch(this.#noble, this.#refused('notify'));
    return new Observable((subscriber) => {
      const onData = (value: Uint8Array, isNotification?: boolean) => {
        if (isNotification) subscriber.next(new Uint8Array(value));
      };
      this.#noble.on('data', onData);
      subscriber.add(toggle.failed$.subscribe((error) => subscriber.error(error)));
      toggle.turn(true);
      return () => {
        this.#noble.removeListener('data', onData);
        toggle.turn(false);
      };
    });
  }

  /** Errors when the device refuses this operation, and when the link is no more. */
  #refused(operation: Operation): Observable<never> {
    const refusals$ = this.#link.refusals?.(this.#service, this.#noble.uuid, operation) ?? EMPTY;
    const refused$ = refusals$.pipe(
      map((error) => {
        throw refusedWith(operation, error);
      }),
    );
    return merge(this.#link.lost$, refused$);
  }

  #offered<Value>(operation: Operation, work$: Observable<Value>): Observable<Value> {
    return defer(() => {
      const offered =
        this.properties.includes(operation) ||
        (operation === 'notify' && this.properties.includes('indicate'));
      if (!offered) throw notOffered(operation);
      return work$;
    });
  }
}
