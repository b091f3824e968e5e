import { bufferCount, firstValueFrom, tap } from 'rxjs';
import { afterAll, describe as always, beforeAll, expect, it } from 'vitest';
import type { Central } from '../../src/index.js';
import { nobleCentral } from '../../src/noble/index.js';
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import type { HeartRateSample } from '../../src/sample/index.js';
import { heartRate, heartRates } from '../../src/sensor/index.js';
import { needs } from '../support/skip.js';
import {
  loadNoble,
  startVirtualStrap,
  type VirtualStrap,
  type VirtualStrapOptions,
} from '../support/strap/virtual-strap.js';
import { centralSuite } from './central-suite.js';

const hex = (heartRate: number, ...rrIntervals: number[]) =>
  Buffer.from(encodeHeartRateMeasurement({ heartRate, sensorContact: true, rrIntervals })).toString('hex');

/** The contract, and what only a real Bluetooth stack can show, for one fork of noble; noble is one for a process. */
export function nobleSuite(
  fork: '@abandonware/noble' | '@stoprocent/noble',
  adapter: Pick<VirtualStrapOptions, 'extended' | 'fragment' | 'nameInScanResponse'> = {},
): void {
  const { describe } = needs('strap');

  describe(`the noble central with ${[fork, ...Object.keys(adapter)].join(', ')}`, () => {
    let strap: VirtualStrap;
    let central: Central;
    beforeAll(async () => {
      strap = await startVirtualStrap({ ...adapter, sensors: 2 });
      central = nobleCentral({ noble: loadNoble(fork, strap.port, adapter.extended) });
    });
    afterAll(() => strap?.stop());

    always('contract', () => {
      centralSuite(async () => {
        strap.stopAdvertising(2);
        return {
          central,
          name: strap.sensors[0]?.name ?? '',
          beat: () => strap.notify(hex(72), 1),
          stop: async () => strap.startAdvertising(2),
        };
      });
    });

    it('hands on 500 notifications at 200 a second, each once, in order and unchanged', async () => {
      const packets = Array.from({ length: 500 }, (_, at) => hex(40 + (at % 180), at * (1000 / 1024)));
      const samples$ = heartRate(central, { name: strap.sensors[0]?.name });
      const subscriptions = () =>
        strap.events.filter((event) => event.event === 'subscription' && event.notify).length;
      const before = subscriptions();
      const received = firstValueFrom(samples$.pipe(bufferCount(500)));
      await expect.poll(subscriptions).toBe(before + 1);
      await strap.play(packets, 200, 1);
      const samples = await received;
      expect(samples.map(({ heartRate: rate, rrIntervals }) => hex(rate, ...rrIntervals))).toEqual(packets);
      expect(samples.every(({ sequence }, at) => sequence === at)).toBe(true);
    });

    it('takes the strongest strap where none is named', async () => {
      const beating = setInterval(
        () => [1, 2].forEach((sensor) => void strap.notify(hex(60 + sensor), sensor)),
        100,
      );
      const sample = await firstValueFrom(heartRate(central));
      clearInterval(beating);
      expect(sample).toMatchObject({ heartRate: 61, sensor: { name: strap.sensors[0]?.name } });
    });

    it('gives the heart rates of all straps: one that is lost disturbs no other, and comes back', async () => {
      const samples: HeartRateSample[] = [];
      const live: (string | undefined)[] = [];
      const subscription = heartRates(central, {
        onStatus: ({ state }, { name }) => state === 'live' && live.push(name),
      }).subscribe((sample) => samples.push(sample));
      const [lost, other] = strap.sensors.map(({ name }) => name);
      const beating = setInterval(() => strap.notify(hex(61), 1), 50);
      strap.notify(hex(62), 2);
      const countOf = (name: string | undefined) => live.filter((one) => one === name).length;
      await expect.poll(() => countOf(lost)).toBe(1);
      await strap.event(
        ({ event, ...more }) => event === 'subscription' && 'sensor' in more && more.sensor === 2,
      );
      const packets = Array.from({ length: 200 }, (_, at) => hex(40 + at));
      const played = strap.play(packets, 100, 2);
      await new Promise((resolve) => setTimeout(resolve, 500));
      strap.linkLoss(1);
      await played;
      await expect.poll(() => countOf(lost)).toBe(2);
      const received = () => samples.filter(({ sensor }) => sensor.name === other);
      await expect.poll(() => received().at(-1)?.heartRate).toBe(239);
      clearInterval(beating);
      subscription.unsubscribe();
      expect(
        received()
          .slice(-200)
          .map(({ heartRate: rate }) => hex(rate)),
      ).toEqual(packets);
      expect(countOf(other)).toBe(1);
      expect(new Set(samples.map(({ session }) => session)).size).toBe(2);
    });

    it.each(['disconnect', 'linkLoss'] as const)(
      'connects again after a %s, and stays in the session',
      async (fault) => {
        const beating = setInterval(() => strap.notify(hex(72), 1), 50);
        let faults = 0;
        const samples$ = heartRate(central, { name: strap.sensors[0]?.name }).pipe(
          tap(({ sequence }) => {
            if (sequence === 4 && faults++ === 0) strap[fault](1);
          }),
          bufferCount(10),
        );
        const samples = await firstValueFrom(samples$);
        clearInterval(beating);
        expect(faults).toBe(1);
        expect(new Set(samples.map(({ session }) => session)).size).toBe(1);
        expect(samples.map(({ sequence }) => sequence)).toEqual(samples.map((_, at) => at));
      },
    );
  });
}
