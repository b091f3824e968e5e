import { once } from 'node:events';
import type { Peripheral } from '@abandonware/noble';
import { expect, it, onTestFinished } from 'vitest';
import { needs } from '../skip.ts';
import { loadNoble, startVirtualStrap } from './virtual-strap.ts';

const PACKETS = Array.from({ length: 100 }, (_, beat) => `1048${beat.toString(16).padStart(2, '0')}03`);

/** Proves the virtual strap with a fork of noble; noble is one per process, so each fork has its own test file. */
export function nobleSmoke(fork: '@abandonware/noble' | '@stoprocent/noble'): void {
  const { describe } = needs('strap');

  describe(`the virtual strap through ${fork}`, () => {
    it('gets every notification, in order', async () => {
      const strap = await startVirtualStrap({ sensors: 2 });
      onTestFinished(strap.stop);
      const noble = loadNoble(fork, strap.port);
      const discovered = new Map<string, Peripheral>();
      noble.on('discover', (peripheral) => discovered.set(peripheral.address, peripheral));
      await once(noble, 'stateChange');
      await noble.startScanningAsync(['180d'], true);
      while (discovered.size < strap.sensors.length) await once(noble, 'discover');
      await noble.stopScanningAsync();

      const [strongest] = [...discovered.values()].sort((one, other) => other.rssi - one.rssi);
      expect(strongest?.address).toBe(strap.sensors[0]?.address);
      await strongest?.connectAsync();
      const found = await strongest?.discoverSomeServicesAndCharacteristicsAsync(['180d'], ['2a37']);
      const [measurement] = found?.characteristics ?? [];
      const received: string[] = [];
      measurement?.on('data', (data) => received.push(data.toString('hex')));
      await measurement?.subscribeAsync();
      await strap.on('subscription');

      const sentAt = await strap.play(PACKETS, 200);
      await expect.poll(() => received.length).toBe(PACKETS.length);
      expect(received).toEqual(PACKETS);
      expect(sentAt).toHaveLength(PACKETS.length);

      strap.disconnect();
      expect(await strap.on('disconnected')).toMatchObject({ sensor: 1, reason: 0x13 });
    });
  });
}
