import { encodeHeartRateMeasurement } from 'liveheartrate';
import { EMPTY, from, map, mergeMap, NEVER, Observable, of, timer } from 'rxjs';

const ADVERTISING_MS = 100;

/**
 * Straps whose notifications are spread over the period, as those of people are.
 * @param {number} count
 * @param {number} period milliseconds
 * @returns {import('liveheartrate').Central}
 */
export function spreadStraps(count, period) {
  const straps = Array.from({ length: count }, (_, number) => ({
    advertisement: { id: `strap-${number}`, name: `Strap ${number}`, rssi: -60, services: ['180d'] },
    notifications: timer((number * period) / count, period).pipe(map((second) => packetOf(number + second))),
  }));
  return {
    scan: () =>
      timer(0, ADVERTISING_MS).pipe(mergeMap(() => from(straps.map((strap) => strap.advertisement)))),
    connect: (id) =>
      new Observable((subscriber) => {
        const strap = straps.find(({ advertisement }) => advertisement.id === id);
        subscriber.next({
          services: () => of([]),
          read: () => NEVER,
          write: () => EMPTY,
          notifications: (_, characteristic) =>
            strap && characteristic === '2a37' ? strap.notifications : NEVER,
        });
      }),
  };
}

/** @param {number} number */
function packetOf(number) {
  const heartRate = 60 + (number % 100);
  return encodeHeartRateMeasurement({ heartRate, rrIntervals: [60_000 / heartRate], sensorContact: true });
}
