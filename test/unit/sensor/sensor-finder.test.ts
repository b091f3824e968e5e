import { EMPTY } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import type { Central, SensorChoice } from '../../../src/sensor/index.js';
import { sensorFinder } from '../../../src/sensor/sensor-finder.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime } from './faked.js';

fakeTime();

function finder(choice: SensorChoice = {}, within = 30_000, more: Partial<Central> = {}) {
  const script = scriptedCentral();
  const find$ = sensorFinder({ ...script.central, ...more }, choice, within);
  /** Looks for the sensor once: the ids that were found, or the codes of errors. */
  const look = () => {
    const seen: string[] = [];
    find$.subscribe({
      next: ({ id }) => seen.push(id),
      error: (error: { code: string; message: string }) => seen.push(error.code, error.message),
    });
    return seen;
  };
  return { script, look };
}

describe('sensorFinder: the first time', () => {
  it('takes the strongest that measures a heart rate, a second after the first', () => {
    const { script, look } = finder();
    const seen = look();
    vi.advanceTimersByTime(10_000);
    script.advertise('unknown', { rssi: undefined });
    script.advertise('far', { rssi: -90 });
    vi.advanceTimersByTime(500);
    script.advertise('near', { rssi: -40 });
    script.advertise('scale', { rssi: -10, services: ['181d'] });
    script.advertise('as near', { rssi: -40 });
    vi.advanceTimersByTime(499);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['near']);
    expect(script.count.scans).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes one whose strength nobody knows', () => {
    const { script, look } = finder();
    const seen = look();
    script.advertise('a', { rssi: undefined });
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['a']);
  });

  it.each<[SensorChoice, string[]]>([
    [{ id: 'b' }, ['b']],
    [{ name: 'Strap' }, ['b']],
    [{ name: /^str/i }, ['b']],
    [{ id: 'c', name: 'Strap' }, ['c']],
    [{ id: 'a', name: 'Strap' }, []],
  ])('takes the first that fits %o, at once', (choice, expected) => {
    const { script, look } = finder(choice);
    const seen = look();
    script.advertise('a');
    script.advertise('b', { name: 'Strap', services: [] });
    script.advertise('c', { name: 'Strap' });
    expect(seen).toEqual(expected);
  });

  it.each<[SensorChoice, string]>([
    [{}, 'No heart-rate sensor was heard within 2000 ms.'],
    [{ id: 'b' }, 'No heart-rate sensor with this id was heard within 2000 ms.'],
    [{ name: 'Strap' }, 'No heart-rate sensor named Strap was heard within 2000 ms.'],
    [{ name: /Str/ }, 'No heart-rate sensor named /Str/ was heard within 2000 ms.'],
  ])('errors where %o is not heard in time', (choice, message) => {
    const { script, look } = finder(choice, 2_000);
    const seen = look();
    vi.advanceTimersByTime(1_999);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['SENSOR_NOT_FOUND', expect.stringContaining(message)]);
    expect(script.count.scans).toBe(0);
  });

  it.each([
    ['at the end of the time', 30_000, 29_500],
    ['though there is less time than a second', 500, 100],
  ])('takes the strongest where the first was heard %s', (_, within, heardAfter) => {
    const { script, look } = finder({}, within);
    const seen = look();
    vi.advanceTimersByTime(heardAfter);
    script.advertise('far', { rssi: -90 });
    script.advertise('near', { rssi: -40 });
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['near']);
    expect(script.count.scans).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('sensorFinder: a sensor that does not accept connections', () => {
  it('waits until it does', () => {
    const { script, look } = finder({ id: 'a' });
    const seen = look();
    script.advertise('a', { connectable: false });
    expect(seen).toEqual([]);
    script.advertise('a', { connectable: true });
    expect(seen).toEqual(['a']);
  });

  it('says so where it never does', () => {
    const { script, look } = finder({ id: 'a' }, 2_000);
    const seen = look();
    script.advertise('a', { connectable: false });
    vi.advanceTimersByTime(2_000);
    expect(seen).toEqual(['SENSOR_NOT_CONNECTABLE', expect.stringContaining('outside its broadcast mode')]);
  });

  it('does not say so the next time, when it is not heard at all', () => {
    const { script, look } = finder({ id: 'a' }, 2_000);
    look();
    script.advertise('a', { connectable: false });
    vi.advanceTimersByTime(2_000);
    const second = look();
    vi.advanceTimersByTime(2_000);
    expect(second[0]).toBe('SENSOR_NOT_FOUND');
  });

  it('takes another in its place where none was named', () => {
    const { script, look } = finder();
    const seen = look();
    script.advertise('near', { connectable: false, rssi: -10 });
    script.advertise('far', { rssi: -90 });
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['far']);
  });
});

describe('sensorFinder: where a person chooses', () => {
  it('waits for ever, and takes what was chosen at once', () => {
    const { script, look } = finder({}, 2_000, { chooser: true });
    const seen = look();
    vi.advanceTimersByTime(3_600_000);
    script.advertise('a');
    expect(seen).toEqual(['a']);
    expect(script.count.scans).toBe(0);
  });

  it('takes what was chosen, also where it does not advertise a heart rate', () => {
    const { script, look } = finder({}, 2_000, { chooser: true });
    const seen = look();
    script.advertise('a', { services: [] });
    expect(seen).toEqual(['a']);
  });

  it.each<[SensorChoice, string]>([
    [{ id: 'b' }, 'No heart-rate sensor with this id was chosen.'],
    [{ name: 'Strap' }, 'No heart-rate sensor named Strap was chosen.'],
  ])('errors where something else was chosen than %o', (choice, message) => {
    const { script, look } = finder(choice, 2_000, { chooser: true });
    const seen = look();
    script.advertise('a');
    expect(seen).toEqual(['SENSOR_NOT_FOUND', message]);
  });

  it('errors where nothing was chosen', () => {
    const { look } = finder({}, 2_000, { chooser: true, scan: () => EMPTY });
    expect(look()).toEqual(['SENSOR_NOT_FOUND', 'No heart-rate sensor was chosen.']);
  });
});
