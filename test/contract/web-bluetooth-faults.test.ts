import { firstValueFrom, lastValueFrom, type Subscription, take, toArray } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Central, Connection } from '../../src/index.js';
import { bridgeProgram, bridgeTo } from '../support/bluez/bridge.ts';
import { type BluetoothPage, openBluetoothPage } from '../support/bluez/chromium.ts';
import { needs } from '../support/skip.ts';

const { describe, chromium } = needs('chromium');

describe('a link in a web page', () => {
  let site: BluetoothPage;
  let central: Central;
  let id: string;
  beforeAll(async () => {
    site = await openBluetoothPage(chromium, { program: bridgeProgram });
    central = await bridgeTo(site);
    ({ id } = await firstValueFrom(central.scan()));
  });
  afterAll(() => site?.stop());

  const links = () => site.bluez.count({ event: 'connected' }) - site.bluez.count({ event: 'disconnected' });
  let open: Subscription | undefined;
  const connect = () =>
    new Promise<Connection>((resolve, reject) => {
      open = central.connect(id).subscribe({ next: resolve, error: reject });
    });
  beforeEach(() => {
    expect(links()).toBe(0);
  });
  afterEach(async () => {
    site.bluez.connections('accept');
    open?.unsubscribe();
    await expect.poll(links).toBe(0);
  });

  it('shows what the page may use', async () => {
    const services = await lastValueFrom((await connect()).services());
    const has = (uuid: string) => services.find((service) => service.uuid === uuid)?.characteristics;
    expect(has('180d')).toEqual([
      { uuid: '2a37', properties: ['notify'] },
      { uuid: '2a38', properties: ['read'] },
      { uuid: '2a39', properties: ['write'] },
    ]);
    expect(has('180f')).toEqual([{ uuid: '2a19', properties: ['read', 'notify'] }]);
    expect(
      has('180a')
        ?.map(({ uuid }) => uuid)
        .sort(),
    ).toEqual(['2a24', '2a26', '2a29']);
  });

  it('lets operations that are asked for at once take turns', async () => {
    const connection = await connect();
    const texts = ['2a29', '2a24', '2a26'].map((uuid) => lastValueFrom(connection.read('180a', uuid)));
    const [maker, model, firmware, location] = await Promise.all([
      ...texts,
      lastValueFrom(connection.read('180d', '2a38')),
      lastValueFrom(connection.write('180d', '2a39', Uint8Array.of(1)), { defaultValue: undefined }),
    ]);
    expect([maker, model, firmware].map((bytes) => new TextDecoder().decode(bytes))).toEqual([
      'Virtual Straps',
      'VS-1',
      '1.2.3',
    ]);
    expect(location).toEqual(Uint8Array.of(1));
    expect(site.bluez.count({ operation: 'write', uuid: '2a39', hex: '01' })).toBe(1);
  });

  it('goes on after an operation that was never answered and has been given up', async () => {
    const connection = await connect();
    const hung = { operation: 'read', uuid: '2a29' };
    const other = { operation: 'read', uuid: '2a19' };
    const before = [site.bluez.count(hung), site.bluez.count(other)] as const;
    site.bluez.fault('hang', 'read', '2a29');
    const hanging = connection.read('180a', '2a29').subscribe();
    const next = lastValueFrom(connection.read('180f', '2a19'));
    await expect.poll(() => site.bluez.count(hung)).toBe(before[0] + 1);
    expect(site.bluez.count(other)).toBe(before[1]);
    hanging.unsubscribe();
    expect(await next).toEqual(Uint8Array.of(90));
  });

  it('says what the strap refuses, and lives on', async () => {
    const connection = await connect();
    const refused = { code: 'GATT_OPERATION_FAILED', retriable: true };
    await expect(lastValueFrom(connection.write('180d', '2a39', Uint8Array.of(2)))).rejects.toMatchObject(
      refused,
    );
    site.bluez.fault('fail', 'read', '2a38');
    await expect(lastValueFrom(connection.read('180d', '2a38'))).rejects.toMatchObject(refused);
    site.bluez.fault('fail', 'notify', '2a37');
    await expect(firstValueFrom(connection.notifications('180d', '2a37'))).rejects.toMatchObject(refused);
    expect(await lastValueFrom(connection.read('180d', '2a38'))).toEqual(Uint8Array.of(1));
  });

  it('counts what browsers hide as not there', async () => {
    const serialNumber = lastValueFrom((await connect()).read('180a', '2a25'));
    await expect(serialNumber).rejects.toMatchObject({ code: 'CHARACTERISTIC_NOT_FOUND' });
  });

  it('hands on the values of two characteristics, and switches them off when unsubscribed from', async () => {
    const connection = await connect();
    const on = () => site.bluez.count({ on: true }) - site.bluez.count({ on: false });
    const before = on();
    const rates = firstValueFrom(connection.notifications('180d', '2a37').pipe(take(2), toArray()));
    const levels = firstValueFrom(connection.notifications('180f', '2a19').pipe(take(2), toArray()));
    await expect.poll(on).toBe(before + 2);
    for (const hex of ['0048', '0049']) site.bluez.notify(hex);
    for (const hex of ['59', '58']) site.bluez.notify(hex, 1, '2a19');
    expect(await rates).toEqual([Uint8Array.of(0, 0x48), Uint8Array.of(0, 0x49)]);
    expect(await levels).toEqual([Uint8Array.of(0x59), Uint8Array.of(0x58)]);
    await expect.poll(on).toBe(before);
  });

  it('says that it was lost', async () => {
    const lost = new Promise((_, reject) => {
      open = central.connect(id).subscribe({ next: () => site.bluez.disconnect(), error: reject });
    });
    await expect(lost).rejects.toMatchObject({ code: 'SENSOR_DISCONNECTED', retriable: true });
  });

  it('ends what is under way when it is lost', async () => {
    const connection = await connect();
    const hung = { operation: 'read', uuid: '2a29' };
    const before = site.bluez.count(hung);
    site.bluez.fault('hang', 'read', '2a29');
    const read = lastValueFrom(connection.read('180a', '2a29')).catch((error: unknown) => error);
    await expect.poll(() => site.bluez.count(hung)).toBe(before + 1);
    site.bluez.disconnect();
    // BlueZ says that the operation has failed before it says that the link is lost.
    expect(await read).toMatchObject({ retriable: true });
  });

  it('ends notifications that are on when it is lost', async () => {
    const on = { on: true, uuid: '2a37' };
    const before = site.bluez.count(on);
    const connection = await connect();
    const values = lastValueFrom(connection.notifications('180d', '2a37')).catch((error: unknown) => error);
    await expect.poll(() => site.bluez.count(on)).toBe(before + 1);
    site.bluez.disconnect();
    expect(await values).toMatchObject({ code: 'SENSOR_DISCONNECTED', retriable: true });
  });

  it('ends what waits for its services when it is lost, and what waits behind that', async () => {
    site.bluez.connections('leave unresolved');
    const connection = await connect();
    const operations = Promise.allSettled([
      lastValueFrom(connection.services()),
      lastValueFrom(connection.read('180d', '2a38')),
      lastValueFrom(connection.notifications('180d', '2a37')),
    ]);
    site.bluez.disconnect();
    const lost = { code: 'SENSOR_DISCONNECTED', retriable: true };
    for (const operation of await operations)
      expect(operation).toMatchObject({ status: 'rejected', reason: lost });
    await expect(lastValueFrom(connection.read('180d', '2a38'))).rejects.toMatchObject(lost);
  });

  it('says that it could not be opened', async () => {
    site.bluez.connections('refuse');
    await expect(connect()).rejects.toMatchObject({ code: 'SENSOR_DISCONNECTED', retriable: true });
  });

  it('is closed when it opens after it was given up', async () => {
    const [attempts, closed] = [{ event: 'connecting' }, { event: 'disconnected', by: 'central' }];
    const before = [site.bluez.count(attempts), site.bluez.count(closed)] as const;
    site.bluez.connections('hold');
    const attempt = central.connect(id).subscribe({ error: () => undefined });
    await expect.poll(() => site.bluez.count(attempts)).toBe(before[0] + 1);
    attempt.unsubscribe();
    // Whatever is asked for next is done after that.
    await firstValueFrom(central.scan());
    site.bluez.connections('accept');
    await expect.poll(() => site.bluez.count(closed)).toBe(before[1] + 1);
  });

  it('leaves no link behind when an attempt is given up and another one is made', async () => {
    const attempts = { event: 'connecting' };
    const before = site.bluez.count(attempts);
    site.bluez.connections('hold');
    const attempt = central.connect(id).subscribe({ error: () => undefined });
    await expect.poll(() => site.bluez.count(attempts)).toBe(before + 1);
    attempt.unsubscribe();
    // The browser may close it together with the first one, but then says so.
    const second = connect().catch((error: unknown) => error);
    await firstValueFrom(central.scan());
    site.bluez.connections('accept');
    await second;
    open?.unsubscribe();
    await expect.poll(links).toBe(0);
    expect(await lastValueFrom((await connect()).read('180d', '2a38'))).toEqual(Uint8Array.of(1));
  });
});

describe('a browser that leaves an operation unanswered', () => {
  it('is not waited for once the link is lost', async () => {
    // A page of its own: this Chromium hears nothing more of Bluetooth afterwards.
    const site = await openBluetoothPage(chromium, { program: bridgeProgram });
    try {
      const central = await bridgeTo(site);
      const { id } = await firstValueFrom(central.scan());
      const connection = await new Promise<Connection>((resolve) => {
        central.connect(id).subscribe({ next: resolve, error: () => undefined });
      });
      site.bluez.fault('forget', 'read', '2a29');
      const read = lastValueFrom(connection.read('180a', '2a29')).catch((error: unknown) => error);
      await expect.poll(() => site.bluez.count({ operation: 'read' })).toBe(1);
      site.bluez.disconnect();
      expect(await read).toMatchObject({ code: 'SENSOR_DISCONNECTED', retriable: true });
    } finally {
      await site.stop();
    }
  });
});
