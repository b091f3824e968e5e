import { type Observable, of, Subject, throwError } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  GattOperationError,
  SensorDisconnectedError,
} from '../../../src/sensor/index.js';
import { fakeTime, watched } from './faked.js';

fakeTime();

/** A sensor whose battery is listened to. */
function powered() {
  const sensor = watched();
  const levels: number[] = [];
  const errors: unknown[] = [];
  const changes = new Subject<Uint8Array>();
  const subscription = sensor.sensor.battery$.subscribe({
    next: (level) => levels.push(level),
    error: (error) => errors.push(error),
  });
  /** Accepts the link; the heart rate of the script goes on beside the battery. */
  const accept = (read: Observable<Uint8Array> = of(new Uint8Array([90]))) => {
    const heartRates = new Subject<Uint8Array>();
    sensor.script.advertise('a');
    sensor.script.accept({
      read: (service, characteristic) =>
        `${service}/${characteristic}` === '180f/2a19' ? read : throwError(() => new Error('not asked for')),
      notifications: (service, characteristic) =>
        `${service}/${characteristic}` === '180f/2a19' ? changes : heartRates,
    });
    return heartRates;
  };
  return {
    ...sensor,
    levels,
    errors,
    subscription,
    accept,
    change: (level: number) => changes.next(new Uint8Array([level])),
    watchers: () => changes.observed,
  };
}

const beat = new Uint8Array([0, 60]);

describe('connect: battery$', () => {
  it('opens the link, tells the level as it is, and each change once', () => {
    const { accept, change, levels } = powered();
    accept();
    change(90);
    change(89);
    change(89);
    change(88);
    expect(levels).toEqual([90, 89, 88]);
  });

  it('shares the link with the samples', () => {
    const { script, accept, listen, levels, states } = powered();
    const { rates } = listen();
    accept().next(beat);
    expect(rates()).toEqual([60]);
    expect(levels).toEqual([90]);
    expect(states()).toEqual(['scanning', 'connecting', 'live']);
    expect(script.connectedTo()).toEqual(['a']);
  });

  it('tells the level of a link that is open already', () => {
    const { accept, sensor, levels } = powered();
    accept();
    const late: number[] = [];
    sensor.battery$.subscribe((level) => late.push(level));
    expect(late).toEqual([90]);
    expect(levels).toEqual([90]);
  });

  it('tells the level again after each connecting', () => {
    const { script, accept, change, levels } = powered();
    accept();
    script.drop(new SensorDisconnectedError('lost'));
    change(10);
    vi.advanceTimersByTime(250);
    accept();
    change(89);
    expect(levels).toEqual([90, 90, 89]);
  });

  it('goes on with the next link where the sensor does not answer on this one', () => {
    const { script, accept, levels, errors } = powered();
    accept(new Subject<Uint8Array>());
    vi.advanceTimersByTime(5_000);
    script.drop(new SensorDisconnectedError('lost'));
    vi.advanceTimersByTime(250);
    accept();
    expect(levels).toEqual([90]);
    expect(errors).toEqual([]);
  });

  it.each([
    ['refused', throwError(() => new GattOperationError('busy'))],
    ['more than all', of(new Uint8Array([101]))],
  ])('leaves the samples alone where a level is %s', (_, read) => {
    const { accept, listen, levels, errors } = powered();
    const { rates } = listen();
    accept(read).next(beat);
    expect(rates()).toEqual([60]);
    expect(levels).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('errors where the sensor has none; the samples go on', () => {
    const { accept, listen, levels, errors } = powered();
    const { rates, errors: errorsOfSamples } = listen();
    accept(throwError(() => new CharacteristicNotFoundError('180f', '2a19'))).next(beat);
    expect(levels).toEqual([]);
    expect(errors).toMatchObject([{ code: 'CHARACTERISTIC_NOT_FOUND' }]);
    expect(rates()).toEqual([60]);
    expect(errorsOfSamples).toEqual([]);
  });

  it('closes the link where the sensor has none and nobody else needs it', () => {
    const { script, accept, errors, states } = powered();
    accept(throwError(() => new CharacteristicNotFoundError('180f', '2a19')));
    expect(errors).toHaveLength(1);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(states().at(-1)).toBe('ended');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('errors with what ends the session', () => {
    const { script, errors } = powered();
    const off = new BluetoothUnavailableError('off');
    script.failScan(off);
    expect(errors).toEqual([off]);
  });

  it('frees everything when unsubscribed from', () => {
    const { script, accept, subscription, watchers } = powered();
    accept();
    expect(watchers()).toBe(true);
    subscription.unsubscribe();
    expect(watchers()).toBe(false);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
