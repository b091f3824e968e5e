import { firstValueFrom, type Observable, take, toArray } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { nobleCentral } from '../../src/noble/index.js';
import type { Central, Connection } from '../../src/sensor/index.js';
import { needs } from '../support/skip.js';
import {
  BATTERY,
  CONTROL_POINT,
  Links,
  MEASUREMENT,
  outcome,
  RESET_ENERGY_EXPENDED,
} from '../support/strap/links.js';
import { loadNoble, startVirtualStrap, type VirtualStrap } from '../support/strap/virtual-strap.js';

const LEVEL = new Uint8Array([90]);
const BEAT = new Uint8Array([0, 72]);

const refusal = expect.objectContaining({ code: 'GATT_OPERATION_FAILED' });
const disconnected = expect.objectContaining({ code: 'SENSOR_DISCONNECTED' });

/** What straps do that noble does not cope with: refuse, keep silent, vanish, and be several. */
export function nobleFaultsSuite(fork: '@abandonware/noble' | '@stoprocent/noble'): void {
  const { describe } = needs('strap');

  describe(`the noble central with ${fork} and straps that`, () => {
    const silent = 4;
    const other = 5;
    let strap: VirtualStrap;
    let central: Central;
    let links: Links;
    let beating: ReturnType<typeof setInterval>;
    beforeAll(async () => {
      strap = await startVirtualStrap({ sensors: 5 });
      central = nobleCentral({ noble: loadNoble(fork, strap.port) });
    });
    beforeEach(() => {
      links = new Links(central, strap);
      beating = setInterval(() => [1, 2, 3].forEach((sensor) => void strap.notify('0048', sensor)), 20);
    });
    afterEach(() => {
      clearInterval(beating);
      links.close();
    });
    afterAll(() => strap?.stop());

    const read = (connection: Connection) => firstValueFrom(connection.read(...BATTERY));
    const beats = (connection: Connection, count = 1) =>
      firstValueFrom(connection.notifications(...MEASUREMENT).pipe(take(count), toArray()));
    const write = (connection: Connection) =>
      outcome(connection.write(...CONTROL_POINT, RESET_ENERGY_EXPENDED));
    const disconnections = () => strap.events.filter(({ event }) => event === 'disconnected').length;

    it('refuse to be read: that costs the one who reads, and nobody else', async () => {
      const connection = await links.link();
      strap.refuse('read');
      await expect(read(connection)).rejects.toThrow(refusal);
      expect(await read(connection)).toEqual(LEVEL);
    });

    it('refuse to be written to, and take the next value', async () => {
      const connection = await links.link();
      strap.refuse('write');
      expect(await write(connection)).toEqual(refusal);
      expect(await write(connection)).toBe('completed');
    });

    it('refuse to notify, and notify when asked again', async () => {
      const connection = await links.link();
      strap.refuse('subscribe');
      await expect(beats(connection)).rejects.toThrow(refusal);
      expect(await beats(connection)).toEqual([BEAT]);
    });

    it('refuse to say what services they have, and say so when asked again', async () => {
      const connection = await links.link();
      strap.refuse('discover');
      await expect(read(connection)).rejects.toThrow(refusal);
      expect(await read(connection)).toEqual(LEVEL);
    });

    it('cannot do what is asked: that is not even asked for', async () => {
      const connection = await links.link();
      await expect(firstValueFrom(connection.read(...MEASUREMENT))).rejects.toThrow(refusal);
      expect(await outcome(connection.write(...BATTERY, LEVEL))).toEqual(refusal);
      expect(await outcome(connection.notifications(...CONTROL_POINT))).toEqual(refusal);
    });

    it('are asked much at once', async () => {
      const connection = await links.link();
      const values = beats(connection, 20);
      const [services, again, ...results] = await Promise.all([
        firstValueFrom(connection.services()),
        firstValueFrom(connection.services()),
        read(connection),
        read(connection),
        firstValueFrom(connection.read('180a', '2a26')),
        write(connection),
        write(connection),
      ]);
      expect(services).toEqual(again);
      expect(services.map(({ uuid }) => uuid)).toEqual(expect.arrayContaining(['180d', '180f', '180a']));
      const version = new TextEncoder().encode('1.2.3');
      expect(results).toEqual([LEVEL, LEVEL, version, 'completed', 'completed']);
      expect(await values).toEqual(Array.from({ length: 20 }, () => BEAT));
    });

    it('are switched off and on again faster than they answer', async () => {
      const connection = await links.link();
      const flicker = () =>
        connection
          .notifications(...MEASUREMENT)
          .subscribe()
          .unsubscribe();
      for (let round = 0; round < 5; round++) flicker();
      expect(await beats(connection)).toEqual([BEAT]);
      flicker();
      expect(await beats(connection)).toEqual([BEAT]);
    });

    it.each(['disconnect', 'linkLoss'] as const)('%s: whatever is under way ends', async (fault) => {
      const connection = await links.link();
      await read(connection);
      strap.ignore('read', 2);
      const ends = [connection.read(...BATTERY), connection.read('180a', '2a26'), connection.services()].map(
        outcome,
      );
      ends.push(outcome(connection.write(...CONTROL_POINT, RESET_ENERGY_EXPENDED)));
      strap[fault]();
      for (const end of await Promise.all(ends)) expect(end).toEqual(disconnected);
      await expect(read(connection)).rejects.toThrow(disconnected);
      strap.ignore('read', 0);
      const again = await links.link();
      expect([await read(again), await beats(again)]).toEqual([LEVEL, [BEAT]]);
    });

    it('are left: whoever kept the connection is told', async () => {
      const connection = await links.link();
      strap.ignore('read');
      const reading = outcome(connection.read(...BATTERY));
      links.close();
      expect(await reading).toEqual(disconnected);
      strap.ignore('read', 0);
    });

    it.each(['discover', 'read', 'write', 'subscribe'] as const)(
      'do not answer a request to %s: they are free again once it is given up',
      async (request) => {
        const connection = await links.link();
        if (request !== 'discover') await read(connection);
        strap.ignore(request);
        const work$: Observable<unknown> = {
          discover: connection.services(),
          read: connection.read(...BATTERY),
          write: connection.write(...CONTROL_POINT, RESET_ENERGY_EXPENDED),
          subscribe: connection.notifications(...MEASUREMENT),
        }[request];
        const before = disconnections();
        links.using.add(work$.subscribe({ error: () => undefined }));
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(disconnections()).toBe(before);
        links.close();
        await expect.poll(disconnections).toBe(before + 1);
        strap.ignore(request, 0);
      },
    );

    it('are several: one that does not answer does not hold up the others, nor the scan', async () => {
      await Promise.all([1, 2, 3, silent].map((sensor) => links.hear(sensor)));
      strap.stopAdvertising(silent);
      let heard = 0;
      const scan = central.scan().subscribe(({ id }) => {
        if (id === links.id(other)) heard += 1;
      });
      links.using.add(scan);
      links.using.add(central.connect(links.id(silent)).subscribe());
      const connections = await Promise.all([links.open(1), links.open(2), links.open(3)]);
      const received = await Promise.all(connections.map((connection) => beats(connection, 20)));
      expect(received.flat()).toHaveLength(60);
      const before = heard;
      await expect.poll(() => heard).toBeGreaterThan(before + 5);
      strap.startAdvertising(silent);
      await strap.on('connected', silent);
    });

    it('answer at last: the link that was waited for opens', async () => {
      await links.hear(silent);
      strap.stopAdvertising(silent);
      const opened = links.open(silent);
      await links.link(2);
      strap.startAdvertising(silent);
      expect(await read(await opened)).toEqual(LEVEL);
    });

    it('are given up while they are being connected to, and connected to at once after that', async () => {
      await links.hear(silent);
      strap.stopAdvertising(silent);
      for (const delay of [0, 5, 50, 200]) {
        const connecting = central.connect(links.id(silent)).subscribe();
        await new Promise((resolve) => setTimeout(resolve, delay));
        connecting.unsubscribe();
      }
      const opened = links.open(silent);
      strap.startAdvertising(silent);
      expect(await read(await opened)).toEqual(LEVEL);
    });

    it('are one of two that wait: giving up one leaves the other alone', async () => {
      await Promise.all([links.hear(3), links.hear(silent)]);
      strap.stopAdvertising(3);
      strap.stopAdvertising(silent);
      const opened = links.open(silent);
      const waiting = central.connect(links.id(3)).subscribe();
      await new Promise((resolve) => setTimeout(resolve, 100));
      waiting.unsubscribe();
      strap.startAdvertising(silent);
      strap.startAdvertising(3);
      expect(await read(await opened)).toEqual(LEVEL);
    });
  });
}
