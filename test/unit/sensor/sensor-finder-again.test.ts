import { describe, expect, it, vi } from 'vitest';
import type { Central, SensorChoice } from '../../../src/sensor/index.js';
import { sensorFinder } from '../../../src/sensor/sensor-finder.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime } from './faked.js';

fakeTime();

const named = { name: 'Strap' };

/** A finder that has found `a` once, and looks for it again. */
function again(choice: SensorChoice = named, more: Partial<Central> = {}, first: { name?: string } = named) {
  const script = scriptedCentral();
  const find$ = sensorFinder({ ...script.central, ...more }, choice, 30_000);
  const look = () => {
    const seen: string[] = [];
    find$.subscribe({
      next: ({ id }) => seen.push(id),
      error: (error: { code: string }) => seen.push(error.code),
    });
    return seen;
  };
  look();
  script.advertise('a', first);
  vi.advanceTimersByTime(1_000);
  return { script, look, seen: look() };
}

describe('sensorFinder: the next time', () => {
  it('takes the sensor itself at once, also where it does not name its service, or itself', () => {
    const { script, seen } = again();
    script.advertise('stronger', { rssi: -1 });
    script.advertise('a', { services: [] });
    expect(seen).toEqual(['a']);
  });

  it('takes no other sensor, though none was named the first time', () => {
    const { script, seen } = again({});
    script.advertise('stronger', { name: 'Another', rssi: -1 });
    vi.advanceTimersByTime(30_000);
    expect(seen).toEqual(['SENSOR_NOT_FOUND']);
  });

  it.each<[string, SensorChoice]>([
    ['was named', named],
    ['was the strongest', {}],
  ])('finds a sensor that %s under another address, when nobody else has its name', (_, choice) => {
    const { script, seen } = again(choice);
    script.advertise('b', named);
    vi.advanceTimersByTime(1_000);
    script.advertise('b', named);
    vi.advanceTimersByTime(999);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(seen).toEqual(['b']);
    expect(script.count.scans).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('prefers the sensor itself to one of its name', () => {
    const { script, seen } = again();
    script.advertise('b', named);
    vi.advanceTimersByTime(1_999);
    script.advertise('a', named);
    vi.advanceTimersByTime(10_000);
    expect(seen).toEqual(['a']);
  });

  it('takes none of several that have its name, and waits for itself', () => {
    const { script, seen } = again();
    script.advertise('b', named);
    vi.advanceTimersByTime(1_000);
    script.advertise('c', named);
    vi.advanceTimersByTime(10_000);
    script.advertise('b', named);
    vi.advanceTimersByTime(2_000);
    expect(seen).toEqual([]);
    script.advertise('a', named);
    expect(seen).toEqual(['a']);
  });

  it('takes none that was there beside it at the beginning', () => {
    const script = scriptedCentral();
    const find$ = sensorFinder(script.central, {}, 30_000);
    const seen: string[] = [];
    const look = () => find$.subscribe({ next: ({ id }) => seen.push(id), error: () => seen.push('error') });
    look();
    script.advertise('b', { ...named, rssi: -80 });
    script.advertise('a', { ...named, rssi: -40 });
    vi.advanceTimersByTime(1_000);
    look();
    script.advertise('b', named);
    vi.advanceTimersByTime(30_000);
    expect(seen).toEqual(['a', 'error']);
  });

  it.each<[string, SensorChoice, { name?: string }]>([
    ['its id was asked for', { id: 'a' }, named],
    ['it has no name', {}, {}],
  ])('takes no other address where %s', (_, choice, first) => {
    const { script, seen } = again(choice, {}, first);
    script.advertise('b', first);
    vi.advanceTimersByTime(30_000);
    expect(seen).toEqual(['SENSOR_NOT_FOUND']);
  });

  it('knows the first address for ever', () => {
    const { script, look } = again();
    script.advertise('b', named);
    vi.advanceTimersByTime(2_000);
    const third = look();
    script.advertise('a');
    expect(third).toEqual(['a']);
    const fourth = look();
    script.advertise('b', named);
    vi.advanceTimersByTime(2_000);
    expect(fourth).toEqual(['b']);
  });

  it('takes none of its name before it has listened long enough for another', () => {
    const { script, look, seen } = again();
    vi.advanceTimersByTime(29_000);
    script.advertise('b', named);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['SENSOR_NOT_FOUND']);
    const next = look();
    script.advertise('b', named);
    vi.advanceTimersByTime(2_000);
    expect(next).toEqual(['b']);
  });

  it('says that it was there, but taken, though others of its name were not', () => {
    const { script, seen } = again();
    script.advertise('a', { ...named, connectable: false });
    script.advertise('b', named);
    script.advertise('c', named);
    vi.advanceTimersByTime(30_000);
    expect(seen).toEqual(['SENSOR_NOT_CONNECTABLE']);
  });

  it('does not wait where a person chooses', () => {
    const { script, seen } = again({}, { chooser: true });
    script.advertise('a', named);
    expect(seen).toEqual(['a']);
    const other = again({}, { chooser: true });
    other.script.advertise('b', { name: 'Another' });
    expect(other.seen).toEqual(['SENSOR_NOT_FOUND']);
  });
});
