import { NEVER, of } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError, type LiveHeartRateError } from '../../../src/errors.js';
import type { MalformedMeasurementError } from '../../../src/profile/index.js';
import { type HeartRateSample, PACKET } from '../../../src/sample/index.js';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  heartRate,
  SensorDisconnectedError,
  type SensorOptions,
} from '../../../src/sensor/index.js';
import { scriptedCentral } from '../../support/scripted-central.js';

const start = new Date('2026-11-23T10:00:00Z');
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  // Chance decides how long to wait before connecting again: not at all, here.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function listen(script: ReturnType<typeof scriptedCentral>, options?: SensorOptions) {
  const samples: HeartRateSample[] = [];
  const errors: LiveHeartRateError[] = [];
  const subscription = heartRate(script.central, options).subscribe({
    next: (sample) => samples.push(sample),
    error: (error: LiveHeartRateError) => errors.push(error),
  });
  return { samples, errors, subscription, rates: () => samples.map((sample) => sample.heartRate) };
}

/** Finds the one strap, connects, and hears one beat. */
function live(script: ReturnType<typeof scriptedCentral>, options: SensorOptions = {}) {
  const heard = listen(script, { id: 'a', ...options });
  script.advertise('a', { name: 'Strap' });
  script.accept();
  script.beat(60);
  return heard;
}

describe('heartRate: which sensor', () => {
  it('takes the strongest around where none is named', () => {
    const script = scriptedCentral();
    listen(script);
    script.advertise('far', { rssi: -90 });
    script.advertise('near', { rssi: -40 });
    script.advertise('nearer, but no heart-rate sensor', { rssi: -30, services: ['180f'] });
    script.advertise('middle', { rssi: -60 });
    expect(script.connectedTo()).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(script.connectedTo()).toEqual(['near']);
    expect(script.count.scans).toBe(0);
  });

  it.each<[string, SensorOptions]>([
    ['its id', { id: 'b' }],
    ['its name', { name: 'Forerunner' }],
    ['a pattern of its name', { name: /^fore/i }],
    ['a pattern with state', { name: /Fore/g }],
    ['both', { id: 'b', name: /Fore/ }],
  ])('takes the first that fits %s, whether or not it advertises the service', (_, options) => {
    const script = scriptedCentral();
    listen(script, options);
    script.advertise('a', { name: 'Other', rssi: -30 });
    script.advertise('b', { name: 'Forerunner', services: [] });
    expect(script.connectedTo()).toEqual(['b']);
  });

  it('errors with what to do where the sensor is not heard in time', () => {
    const script = scriptedCentral();
    const { errors } = listen(script, { name: 'Strap', timeout: 2_000 });
    script.advertise('b', { name: 'Another' });
    vi.advanceTimersByTime(1_999);
    expect(errors).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'SENSOR_NOT_FOUND',
        message: expect.stringContaining('broadcast mode'),
      }),
    ]);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
  });

  it('errors where a scan ends without the sensor', () => {
    const errors: LiveHeartRateError[] = [];
    heartRate({ scan: () => of(), connect: () => NEVER }).subscribe({
      error: (error: LiveHeartRateError) => errors.push(error),
    });
    expect(errors.map(({ code }) => code)).toEqual(['SENSOR_NOT_FOUND']);
  });

  it('does not put the id of a sensor into the message', () => {
    const { errors } = listen(scriptedCentral(), { id: 'C1:00:00:00:00:01', timeout: 1 });
    vi.advanceTimersByTime(1);
    expect(errors[0]?.message).not.toContain('C1:00');
  });

  it.each([{ timeout: 0 }, { timeout: Number.NaN }, { timeout: Number.POSITIVE_INFINITY }, { silence: -1 }])(
    'refuses %o',
    (options) => {
      expect(() => heartRate(scriptedCentral().central, options)).toThrow(InvalidArgumentError);
    },
  );
});

describe('heartRate: samples', () => {
  it('gives each measurement its time, sensor, session and number', () => {
    const script = scriptedCentral();
    const { samples } = live(script);
    vi.advanceTimersByTime(1_000);
    script.notify(new Uint8Array([0x1e, 61, 5, 0, 0x00, 0x04]));
    expect(samples).toEqual([
      expect.objectContaining({ heartRate: 60, rrIntervals: [], sequence: 0, timestamp: start }),
      {
        heartRate: 61,
        sensorContact: true,
        energyExpended: 5,
        rrIntervals: [1000],
        timestamp: new Date(start.getTime() + 1_000),
        sensor: { id: 'a', name: 'Strap' },
        session: samples[0]?.session,
        sequence: 1,
        [PACKET]: new Uint8Array([0x1e, 61, 5, 0, 0x00, 0x04]),
      },
    ]);
  });

  it('makes each subscription a session of its own', () => {
    const script = scriptedCentral();
    const first = live(script);
    first.subscription.unsubscribe();
    const second = live(script);
    expect(second.samples[0]?.sequence).toBe(0);
    expect(second.samples[0]?.session).not.toBe(first.samples[0]?.session);
  });

  it('reports a malformed packet and keeps what stands beside it', () => {
    const script = scriptedCentral();
    const malformed: MalformedMeasurementError[] = [];
    const { samples, errors } = live(script, { onMalformed: (error) => malformed.push(error) });
    script.notify(new Uint8Array([0x01, 72]));
    script.beat(62);
    expect(samples.map(({ heartRate, sequence }) => [heartRate, sequence])).toEqual([
      [60, 0],
      [62, 1],
    ]);
    expect(malformed.map(({ code, hex }) => [code, hex])).toEqual([['MALFORMED_MEASUREMENT', '0148']]);
    expect(errors).toEqual([]);
  });

  it('warns of a malformed packet by default, without its bytes', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const script = scriptedCentral();
    live(script);
    script.notify(new Uint8Array([0x01, 72]));
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/MALFORMED_MEASUREMENT(?!.*0148)/));
    warn.mockRestore();
  });

  it('never goes back in time, though the system clock does', () => {
    const script = scriptedCentral();
    const { samples } = live(script);
    vi.setSystemTime(new Date('2001-01-01T00:00:00Z'));
    vi.advanceTimersByTime(1_000);
    script.beat(61);
    expect(samples[1]?.timestamp).toEqual(new Date(start.getTime() + 1_000));
  });
});

describe('heartRate: staying connected', () => {
  it('connects again when the link is lost, and stays in the session', () => {
    const script = scriptedCentral();
    const { samples, errors } = live(script);
    script.drop(new SensorDisconnectedError('lost'));
    vi.advanceTimersByTime(1);
    script.advertise('stronger', { rssi: -1 });
    script.advertise('a');
    script.accept();
    script.beat(61);
    expect(samples.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(samples[1]?.session).toBe(samples[0]?.session);
    expect(errors).toEqual([]);
    expect(script.count).toEqual({ scans: 0, connects: 1 });
  });

  it('waits for namesakes where the address has changed, but not again for an address it knows', () => {
    const script = scriptedCentral();
    const { rates } = live(script, { id: undefined, name: 'Strap' });
    const lose = () => {
      script.drop(new SensorDisconnectedError('lost'));
      vi.advanceTimersByTime(1);
      script.advertise('b', { name: 'Strap' });
    };
    lose();
    expect(script.connectedTo()).toEqual(['a']);
    vi.advanceTimersByTime(2_000);
    script.accept();
    script.beat(61);
    lose();
    expect(script.connectedTo()).toEqual(['a', 'b', 'b']);
    script.accept();
    script.beat(62);
    expect(rates()).toEqual([60, 61, 62]);
  });

  it('gives a silent link up and opens it again', () => {
    const script = scriptedCentral();
    const { rates } = live(script, { silence: 3_000 });
    vi.advanceTimersByTime(2_999);
    script.beat(61);
    vi.advanceTimersByTime(3_000);
    expect(script.count.connects).toBe(0);
    vi.advanceTimersByTime(1);
    script.advertise('a');
    script.accept();
    script.beat(62);
    expect(rates()).toEqual([60, 61, 62]);
  });

  it('gives up a connection that is never accepted, and tries again', () => {
    const script = scriptedCentral();
    listen(script, { id: 'a' });
    script.advertise('a');
    vi.advanceTimersByTime(10_000);
    expect(script.count.connects).toBe(0);
    vi.advanceTimersByTime(1);
    script.advertise('a');
    expect(script.connectedTo()).toEqual(['a', 'a']);
  });

  it.each(['endLink', 'endNotifications'] as const)(
    'takes a link that just ends for a lost one (%s)',
    (end) => {
      const script = scriptedCentral();
      const { rates, errors } = live(script);
      script[end]();
      vi.advanceTimersByTime(1);
      script.advertise('a');
      script.accept();
      script.beat(61);
      expect(rates()).toEqual([60, 61]);
      expect(errors).toEqual([]);
    },
  );

  it('goes on trying while the sensor and the adapter are away', () => {
    const script = scriptedCentral();
    const { rates, errors } = live(script, { timeout: 1_000 });
    script.drop(new BluetoothUnavailableError('off'));
    vi.advanceTimersByTime(300_000);
    for (let waited = 0; script.count.scans === 0 && waited < 60; waited++) vi.advanceTimersByTime(1_000);
    script.advertise('a');
    script.accept();
    script.beat(61);
    expect(rates()).toEqual([60, 61]);
    expect(errors).toEqual([]);
  });

  it('errors at once where the device measures no heart rate', () => {
    const script = scriptedCentral();
    const { errors } = listen(script, { id: 'a' });
    script.advertise('a');
    script.accept();
    script.failNotifications(new CharacteristicNotFoundError('180d', '2a37'));
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'NOT_A_HEART_RATE_SENSOR',
        cause: expect.any(CharacteristicNotFoundError),
      }),
    ]);
  });

  it('errors at once where there is no Bluetooth to begin with', () => {
    const errors: LiveHeartRateError[] = [];
    const central = {
      scan: () => {
        throw new BluetoothUnavailableError('none');
      },
      connect: () => NEVER,
    };
    heartRate(central).subscribe({ error: (error) => errors.push(error) });
    expect(errors.map(({ code }) => code)).toEqual(['BLUETOOTH_UNAVAILABLE']);
  });

  it.each([
    ['while scanning', () => undefined],
    ['while connecting', (script: ReturnType<typeof scriptedCentral>) => script.advertise('a')],
    [
      'while live',
      (script: ReturnType<typeof scriptedCentral>) => {
        script.advertise('a');
        script.accept();
        script.beat(60);
      },
    ],
    [
      'while waiting to connect again',
      (script: ReturnType<typeof scriptedCentral>) => {
        script.advertise('a');
        script.drop(new SensorDisconnectedError('lost'));
      },
    ],
  ])('frees everything when unsubscribed from %s', (_, reach) => {
    const script = scriptedCentral();
    const { subscription } = listen(script, { id: 'a' });
    reach(script);
    subscription.unsubscribe();
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });
});
