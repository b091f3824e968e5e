import { firstValueFrom, type Observable } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LiveHeartRateError } from '../../src/errors.js';
import { nobleCentral } from '../../src/noble/index.js';
import { type Central, heartRate } from '../../src/sensor/index.js';
import { needs } from '../support/skip.js';
import { BATTERY, Links, MEASUREMENT, outcome } from '../support/strap/links.js';
import { loadNoble, startVirtualStrap, type VirtualStrap } from '../support/strap/virtual-strap.js';

const STATES = ['scanning', 'connecting', 'reading', 'receiving'] as const;

/** What a user is told where nothing is found, and an adapter that is taken out and put back, for one fork of noble. */
export function nobleAdapterSuite(fork: '@abandonware/noble' | '@stoprocent/noble'): void {
  const { describe } = needs('strap');

  describe(`the noble central with ${fork}`, () => {
    const silent = 3;
    let strap: VirtualStrap;
    let central: Central;
    let links: Links;
    beforeAll(async () => {
      strap = await startVirtualStrap({ sensors: 3, withoutHeartRate: [2] });
      central = nobleCentral({ noble: loadNoble(fork, strap.port) });
    });
    beforeEach(() => {
      links = new Links(central, strap);
    });
    afterEach(() => links.close());
    afterAll(() => strap?.stop());

    const failure = (name: string | undefined, timeout: number) =>
      firstValueFrom(heartRate(central, { name, timeout })).catch((reason: LiveHeartRateError) => reason);

    it('says that an unknown strap was not found, and what to try', async () => {
      expect(await failure('nobody', 500)).toMatchObject({
        code: 'SENSOR_NOT_FOUND',
        message: expect.stringContaining('connected elsewhere'),
      });
    });

    it('says that a device measures no heart rate', async () => {
      expect(await failure(strap.sensors[1]?.name, 60_000)).toMatchObject({
        code: 'NOT_A_HEART_RATE_SENSOR',
        message: expect.stringContaining('broadcast mode'),
      });
    });

    it.each(STATES)(
      'ends what it does when the adapter goes while %s, and works again after that',
      async (state) => {
        const work$: Observable<unknown> = await {
          scanning: async () => central.scan(),
          connecting: async () => {
            await links.hear(silent);
            strap.stopAdvertising(silent);
            return central.connect(links.id(silent));
          },
          reading: async () => (await links.link()).read(...BATTERY),
          receiving: async () => (await links.link()).notifications(...MEASUREMENT),
        }[state]();
        strap.ignore('read');
        const ended = new Promise((resolve) => {
          links.using.add(work$.subscribe({ error: resolve }));
        });
        await new Promise((resolve) => setTimeout(resolve, 200));
        strap.unplugAdapter();
        // What comes first, the news of the link or of the adapter, differs.
        expect(await ended).toMatchObject({
          code: expect.stringMatching(/BLUETOOTH_OFF|SENSOR_DISCONNECTED/),
        });
        strap.ignore('read', 0);
        strap.plugInAdapter();
        strap.startAdvertising(silent);
        const again = new Links(central, strap);
        const sensor = state === 'connecting' ? silent : 1;
        expect(await outcome((await again.link(sensor)).read(...BATTERY))).toEqual(new Uint8Array([90]));
        again.close();
      },
    );

    it('says that Bluetooth is off, and works again when it is on', async () => {
      strap.unplugAdapter();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const off = { code: 'BLUETOOTH_OFF', message: expect.stringContaining('Switch it on') };
      expect(await outcome(central.scan())).toMatchObject(off);
      strap.plugInAdapter();
      expect(await outcome((await links.link()).read(...BATTERY))).toEqual(new Uint8Array([90]));
    });
  });
}
