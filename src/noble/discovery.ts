import { forkJoin, map, type Observable, of, ReplaySubject, share, switchMap, takeUntil } from 'rxjs';
import { canonicalUuid } from '../profile/index.js';
import { CharacteristicNotFoundError, GattOperationError } from '../sensor/errors.js';
import { answer } from './answer.js';
import { Characteristic, type LinkOf } from './characteristic.js';
import type { NobleCharacteristic, NoblePeripheral, NobleService } from './noble.js';

/** A service over one link; its characteristics are discovered when they are asked for. */
interface Service {
  readonly uuid: string;
  readonly characteristics$: Observable<readonly Characteristic[]>;
}

/**
 * What a device has. Each thing is discovered once for a link: noble forgets what it knew at every discovery, and with
 * that the subscriptions.
 */
export class Discovery {
  readonly #services$: Observable<readonly Service[]>;

  constructor(peripheral: NoblePeripheral, link: LinkOf) {
    const ask = () => peripheral.discoverServices([]);
    this.#services$ = answer<[NobleService[], unknown?]>(peripheral, 'servicesDiscover', ask).pipe(
      map(([services, error]) => {
        // Every device has at least the two services of the protocol itself.
        if (error || services.length === 0)
          throw new GattOperationError('The device refused to say what services it has.', { cause: error });
        return services.map((service) => ({
          uuid: canonicalUuid(service.uuid),
          characteristics$: characteristics(service, link),
        }));
      }),
      once(link),
    );
  }

  /** All services with all they hold. */
  get all$() {
    return this.#services$.pipe(
      switchMap((services) =>
        forkJoin(
          services.map(({ uuid, characteristics$ }) =>
            characteristics$.pipe(map((found) => ({ uuid, characteristics: found.map(described) }))),
          ),
        ),
      ),
    );
  }

  /** One characteristic. */
  find(service: string, characteristic: string): Observable<Characteristic> {
    return this.#services$.pipe(
      switchMap((services) => services.find(({ uuid }) => uuid === service)?.characteristics$ ?? of([])),
      map((characteristics) => {
        const found = characteristics.find(({ uuid }) => uuid === characteristic);
        if (found === undefined) throw new CharacteristicNotFoundError(service, characteristic);
        return found;
      }),
    );
  }
}

const described = ({ uuid, properties }: Characteristic) => ({ uuid, properties });

function characteristics(service: NobleService, link: LinkOf): Observable<readonly Characteristic[]> {
  const ask = () => service.discoverCharacteristics([]);
  return answer<[NobleCharacteristic[], unknown?]>(service, 'characteristicsDiscover', ask).pipe(
    map(([found, error]) => {
      if (error)
        throw new GattOperationError('The device refused to say what a service holds.', { cause: error });
      return found.map((characteristic) => new Characteristic(service.uuid, characteristic, link));
    }),
    once(link),
  );
}

/** Asks at the first use, and then remembers; goes on when nobody waits any more, since noble does, too. */
const once =
  <Value>({ lost$ }: LinkOf) =>
  (source$: Observable<Value>): Observable<Value> =>
    source$.pipe(
      takeUntil(lost$),
      share({
        connector: () => new ReplaySubject<Value>(1),
        resetOnComplete: false,
        resetOnRefCountZero: false,
      }),
      takeUntil(lost$),
    );
