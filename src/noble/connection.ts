import { type Observable, switchMap, takeUntil } from 'rxjs';
import type { Connection } from '../sensor/index.js';
import { refusalsOf } from './att-errors.js';
import type { Characteristic } from './characteristic.js';
import { Discovery } from './discovery.js';
import type { Noble, NoblePeripheral } from './noble.js';

/**
 * What can be done over a link that is open.
 *
 * @param lost$ - Errors when the link is no more, and with it everything that is under way.
 */
export function connectionTo(
  noble: Noble,
  peripheral: NoblePeripheral,
  lost$: Observable<never>,
): Connection {
  const discovery = new Discovery(peripheral, {
    lost$,
    refusals: refusalsOf(noble, peripheral.id),
  });
  const at = <Value>(
    service: string,
    characteristic: string,
    work: (found: Characteristic) => Observable<Value>,
  ) => discovery.find(service, characteristic).pipe(switchMap(work), takeUntil(lost$));

  return {
    services: () => discovery.all$,
    read: (service, characteristic) => at(service, characteristic, ({ read$ }) => read$),
    write: (service, characteristic, value) => at(service, characteristic, (found) => found.write(value)),
    notifications: (service, characteristic) =>
      at(service, characteristic, ({ notifications$ }) => notifications$),
  };
}
