import { EMPTY, firstValueFrom, NEVER, Observable, of } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import { type Central, inspect } from '../../../src/sensor/index.js';
import { simulatedCentral } from '../../../src/simulator/index.js';
import { scriptedCentral } from '../../support/scripted-central.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('names what the Bluetooth SIG has named, and leaves what is the maker’s own without a name', async () => {
  const own = 'fb005c80-02e7-f387-1cad-8acd2d8df0c8';
  const services = [
    { uuid: '180d', characteristics: [{ uuid: '2a37', properties: ['notify' as const] }] },
    { uuid: own, characteristics: [{ uuid: own, properties: [] }] },
  ];
  const central: Central = {
    scan: () => of({ id: 'a', services: [] }),
    connect: () =>
      new Observable((subscriber) => subscriber.next({ ...unused, services: () => of(services) })),
  };
  expect(await firstValueFrom(inspect(central, 'a'))).toEqual([
    {
      uuid: '180d',
      name: 'Heart Rate',
      characteristics: [{ uuid: '2a37', name: 'Heart Rate Measurement', properties: ['notify'] }],
    },
    { uuid: own, characteristics: [{ uuid: own, properties: [] }] },
  ]);
});

it('closes the link when it is done', async () => {
  const central = simulatedCentral();
  const inspected = firstValueFrom(inspect(central, 'simulated-1'));
  vi.advanceTimersByTime(0);
  expect((await inspected).map(({ name }) => name)).toEqual(['Heart Rate', 'Battery', 'Device Information']);
  expect(central.sensors[0].connected).toBe(false);
});

it('errors where the device is not heard in time', () => {
  const script = scriptedCentral();
  const errors: unknown[] = [];
  inspect(script.central, 'a', { timeout: 2_000 }).subscribe({ error: (error) => errors.push(error) });
  script.advertise('b');
  vi.advanceTimersByTime(2_000);
  expect(errors).toEqual([expect.objectContaining({ code: 'SENSOR_NOT_FOUND' })]);
  expect(script.count).toEqual({ scans: 0, connects: 0 });
});

it('errors where the device does not say what it has, and closes the link', () => {
  const errors: unknown[] = [];
  let links = 0;
  const central: Central = {
    scan: () => of({ id: 'a', services: [] }),
    connect: () =>
      new Observable((subscriber) => {
        links++;
        subscriber.next({ ...unused, services: () => NEVER });
        return () => links--;
      }),
  };
  inspect(central, 'a').subscribe({ error: (error) => errors.push(error) });
  vi.advanceTimersByTime(19_999);
  expect([errors, links]).toEqual([[], 1]);
  vi.advanceTimersByTime(1);
  expect(errors).toEqual([expect.objectContaining({ code: 'SENSOR_TIMEOUT' })]);
  expect(links).toBe(0);
});

it('errors where the answer is none', () => {
  const errors: unknown[] = [];
  const central: Central = {
    scan: () => of({ id: 'a', services: [] }),
    connect: () => new Observable((subscriber) => subscriber.next({ ...unused, services: () => EMPTY })),
  };
  inspect(central, 'a').subscribe({ error: (error) => errors.push(error) });
  expect(errors).toEqual([expect.objectContaining({ code: 'GATT_OPERATION_FAILED' })]);
});

it('frees everything when it is unsubscribed from', () => {
  const script = scriptedCentral();
  const subscription = inspect(script.central, 'a').subscribe();
  script.advertise('a');
  expect(script.count).toEqual({ scans: 0, connects: 1 });
  subscription.unsubscribe();
  expect(script.count).toEqual({ scans: 0, connects: 0 });
});

it('refuses a timeout that no timer takes, and an id that is none', () => {
  expect(() => inspect(simulatedCentral(), '')).toThrow(InvalidArgumentError);
  expect(() => inspect(simulatedCentral(), 'a', { timeout: -1 })).toThrow(InvalidArgumentError);
});

const unused = { read: () => NEVER, write: () => NEVER, notifications: () => NEVER };
