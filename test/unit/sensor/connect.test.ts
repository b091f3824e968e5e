import { describe, expect, it, vi } from 'vitest';
import { InvalidArgumentError } from '../../../src/errors.js';
import {
  BluetoothUnavailableError,
  CharacteristicNotFoundError,
  connect,
  GattOperationError,
  SensorDisconnectedError,
} from '../../../src/sensor/index.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime, live, watched } from './faked.js';

fakeTime();

const strap = { id: 'a', name: 'Strap' };

describe('connect: samples$', () => {
  it('is one session for all, which the last of them ends', () => {
    const { script, samples, subscription, listen } = live();
    const other = listen();
    script.beat(61);
    subscription.unsubscribe();
    expect(script.count).toEqual({ scans: 0, connects: 1 });
    script.beat(62);
    expect(samples.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(other.samples.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(other.samples[0]).toBe(samples[1]);
    other.subscription.unsubscribe();
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(script.connectedTo()).toEqual(['a']);
  });

  it('starts a new session for a subscriber after the last one has gone', () => {
    const { script, samples, subscription, listen } = live();
    subscription.unsubscribe();
    const second = listen();
    script.advertise('a');
    script.accept();
    script.beat(70);
    expect(second.samples).toMatchObject([{ sequence: 0, heartRate: 70 }]);
    expect(second.samples[0]?.session).not.toBe(samples[0]?.session);
  });

  it('starts a new session for a subscriber after an error', () => {
    const { script, listen } = watched();
    const first = listen();
    script.failScan(new BluetoothUnavailableError('off'));
    const second = listen();
    script.advertise('a');
    script.accept();
    script.beat(70);
    expect(first.errors).toHaveLength(1);
    expect(second.rates()).toEqual([70]);
  });

  it('is one sensor for all its sessions, also where another is the strongest later', async () => {
    const { script, sensor } = watched({ id: undefined });
    const read = async (strongest: string, other: string) => {
      const location = sensor.bodySensorLocation();
      script.advertise(other, { rssi: -60 });
      script.advertise(strongest, { rssi: -40 });
      vi.advanceTimersByTime(1_000);
      script.accept();
      await location;
    };
    await read('mine', 'yours');
    await read('yours', 'mine');
    expect(script.connectedTo()).toEqual(['mine', 'mine']);
  });

  it('keeps the link of a session that begins in the middle of the end of the last one', async () => {
    const { script, sensor } = watched({ id: 'a', reconnect: false });
    const comes = () => {
      script.advertise('a');
      script.accept();
    };
    sensor.samples$.subscribe({
      error: () => {
        sensor.samples$.subscribe();
        comes();
      },
    });
    comes();
    script.drop(new SensorDisconnectedError('lost'));
    await expect(sensor.bodySensorLocation()).resolves.toBe('chest');
    expect(script.connectedTo()).toEqual(['a', 'a']);
  });

  it('calls the sensor the same when it comes back under another address', () => {
    const { script, samples } = live({ id: undefined, name: 'Strap' });
    script.drop(new SensorDisconnectedError('lost'));
    vi.advanceTimersByTime(250);
    script.advertise('b', { name: 'Strap' });
    vi.advanceTimersByTime(2_000);
    script.accept();
    script.beat(61);
    expect(script.connectedTo()).toEqual(['a', 'b']);
    expect(samples.map(({ sensor, sequence }) => [sensor, sequence])).toEqual([
      [strap, 0],
      [strap, 1],
    ]);
    expect(samples[1]?.session).toBe(samples[0]?.session);
  });

  it('leaves out a name that is empty', () => {
    const { script, listen } = watched();
    const { samples } = listen();
    script.advertise('a', { name: '' });
    script.accept();
    script.beat(60);
    expect(samples[0]?.sensor).toEqual({ id: 'a' });
  });

  it('hears nothing of a link that is no more', () => {
    const { script, rates } = live();
    script.drop(new SensorDisconnectedError('lost'));
    script.link(0).beat(61);
    vi.advanceTimersByTime(250);
    script.advertise('a');
    script.accept();
    script.link(0).beat(62);
    script.beat(63);
    expect(rates()).toEqual([60, 63]);
  });
});

describe('connect: when to give up', () => {
  it('errors after as many attempts in a row as it may', () => {
    const { script, errors, statuses } = live({ reconnect: { attempts: 2 } });
    const lost = [1, 2, 3].map((time) => new SensorDisconnectedError(`lost ${time}`));
    for (const error of lost) {
      script.drop(error);
      vi.advanceTimersByTime(1_000);
      script.advertise('a');
    }
    expect(errors).toEqual([lost[2]]);
    expect(statuses.at(-1)).toMatchObject({ state: 'ended', reason: 'lost 3', error: lost[2] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('errors at the first loss where it is not to connect again', () => {
    const { script, errors, states } = live({ reconnect: false });
    script.drop(new SensorDisconnectedError('lost'));
    expect(errors).toHaveLength(1);
    expect(states()).toEqual(['scanning', 'connecting', 'live', 'ended']);
  });

  it('tries again where the sensor refuses its notifications', () => {
    const { script, listen, states } = watched();
    const { errors } = listen();
    script.advertise('a');
    script.accept();
    script.failNotifications(new GattOperationError('busy'));
    expect(states()).toEqual(['scanning', 'connecting', 'reconnecting']);
    expect(errors).toEqual([]);
  });

  it('waits for a watch that is outside its broadcast mode now', () => {
    const { script, errors, rates, statuses } = live();
    script.drop(new SensorDisconnectedError('lost'));
    vi.advanceTimersByTime(250);
    script.advertise('a');
    script.accept();
    script.failNotifications(new CharacteristicNotFoundError('180d', '2a37'));
    expect(statuses.at(-1)).toMatchObject({
      state: 'reconnecting',
      error: { code: 'NOT_A_HEART_RATE_SENSOR' },
    });
    vi.advanceTimersByTime(500);
    script.advertise('a');
    script.accept();
    script.beat(61);
    expect(rates()).toEqual([60, 61]);
    expect(errors).toEqual([]);
  });

  it('refuses options that are out of their range at once', () => {
    expect(() => connect(scriptedCentral().central, { silence: 0 })).toThrow(InvalidArgumentError);
  });
});
