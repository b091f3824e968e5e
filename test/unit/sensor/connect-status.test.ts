import { describe, expect, it, vi } from 'vitest';
import { BluetoothUnavailableError, SensorDisconnectedError } from '../../../src/sensor/index.js';
import { at, fakeTime, live, start, watched } from './faked.js';

fakeTime();

const strap = { id: 'a', name: 'Strap' };

describe('connect: status$', () => {
  it('says nothing, and opens nothing, before somebody needs the sensor', () => {
    const { script, statuses } = watched();
    vi.advanceTimersByTime(60_000);
    expect(statuses).toEqual([]);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
  });

  it('tells each step up to the first heart rate, with its time', () => {
    const { script, statuses, listen } = watched();
    listen();
    vi.advanceTimersByTime(100);
    script.advertise('a', { name: 'Strap' });
    vi.advanceTimersByTime(200);
    script.accept();
    vi.advanceTimersByTime(300);
    script.beat(60);
    vi.advanceTimersByTime(1_000);
    script.beat(61);
    expect(statuses).toEqual([
      { state: 'scanning', time: start, reason: 'Looking for the sensor.' },
      { state: 'connecting', time: at(100), reason: 'The sensor was heard.', sensor: strap },
      { state: 'live', time: at(600), reason: 'The sensor sends its heart rate.', sensor: strap },
    ]);
  });

  it('is not live before a packet can be decoded', () => {
    const { script, states, listen } = watched({ id: 'a', onMalformed: () => undefined });
    listen();
    script.advertise('a');
    script.accept();
    script.notify(new Uint8Array([0x01, 72]));
    expect(states()).toEqual(['scanning', 'connecting']);
  });

  it('tells when a lost link is opened again, and why it was lost', () => {
    const { script, statuses } = live({ reconnect: { delay: 400 } });
    vi.advanceTimersByTime(1_000);
    const lost = new SensorDisconnectedError('Out of range.');
    script.drop(lost);
    expect(statuses.slice(3)).toEqual([
      {
        state: 'reconnecting',
        time: at(1_000),
        reason: 'Out of range.',
        attempt: 1,
        nextTry: at(1_200),
        error: lost,
      },
    ]);
    vi.advanceTimersByTime(199);
    expect(statuses).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(statuses[4]).toMatchObject({ state: 'scanning', time: at(1_200) });
  });

  it('counts the attempts in a row, each pause twice as long, and from 1 after a heart rate', () => {
    const { script, statuses } = live({ reconnect: { delay: 400, maxDelay: 1_000 } });
    const attempts = () =>
      statuses.flatMap((status) =>
        status.state === 'reconnecting'
          ? [[status.attempt, status.nextTry.getTime() - status.time.getTime()]]
          : [],
      );
    const lose = () => {
      script.drop(new SensorDisconnectedError('lost'));
      vi.advanceTimersByTime(500);
      script.advertise('a');
    };
    for (let time = 0; time < 4; time++) lose();
    script.accept();
    // A link without a heart rate is none.
    lose();
    script.accept();
    script.beat(61);
    lose();
    expect(attempts()).toEqual([
      [1, 200],
      [2, 400],
      [3, 500],
      [4, 500],
      [5, 500],
      [1, 200],
    ]);
  });

  it('is silent once the sensor sends no heart rate any more, and connects again', () => {
    const { script, statuses } = live({ silence: 3_000 });
    vi.advanceTimersByTime(3_000);
    expect(script.count).toEqual({ scans: 0, connects: 0 });
    expect(statuses.slice(3)).toEqual([
      {
        state: 'silent',
        time: at(3_000),
        reason: 'The sensor sent no heart rate for 3000 ms.',
        sensor: strap,
      },
      expect.objectContaining({
        state: 'reconnecting',
        reason: 'The sensor sent no heart rate for 3000 ms.',
        error: expect.objectContaining({ code: 'SENSOR_TIMEOUT' }),
      }),
    ]);
  });

  it('is silent where the sensor sends nothing but rubbish', () => {
    const { script, states } = live({ silence: 3_000, onMalformed: () => undefined });
    for (let second = 0; second < 3; second++) {
      script.notify(new Uint8Array([0x01, 72]));
      vi.advanceTimersByTime(1_000);
    }
    expect(states()).toEqual(['scanning', 'connecting', 'live', 'silent', 'reconnecting']);
  });

  it('is silent where an open link never brings a heart rate', () => {
    const { script, statuses, listen } = watched();
    listen();
    script.advertise('a');
    script.accept();
    vi.advanceTimersByTime(19_999);
    expect(statuses).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(statuses.slice(2)).toEqual([
      {
        state: 'silent',
        time: at(20_000),
        reason: 'The sensor sent no heart rate at all.',
        sensor: { id: 'a' },
      },
      expect.objectContaining({ state: 'reconnecting', attempt: 1 }),
    ]);
  });

  it('waits for the first heart rate as long as a longer silence allows', () => {
    const { script, states, listen } = watched({ id: 'a', silence: 60_000 });
    listen();
    script.advertise('a');
    script.accept();
    vi.advanceTimersByTime(59_999);
    expect(states()).toEqual(['scanning', 'connecting']);
    vi.advanceTimersByTime(1);
    expect(states()).toEqual(['scanning', 'connecting', 'silent', 'reconnecting']);
  });

  it('tells that a link was not opened in time', () => {
    const { script, statuses, listen } = watched();
    listen();
    script.advertise('a');
    vi.advanceTimersByTime(10_000);
    expect(statuses.at(-1)).toMatchObject({
      state: 'reconnecting',
      reason: 'The sensor did not accept a connection within 10000 ms.',
    });
  });

  it('ends when nobody listens any more', () => {
    const { statuses, subscription } = live();
    vi.advanceTimersByTime(500);
    subscription.unsubscribe();
    expect(statuses.at(-1)).toEqual({
      state: 'ended',
      time: at(500),
      reason: 'Nobody listens any more.',
    });
  });

  it('ends with the error of the session', () => {
    const { script, statuses, listen } = watched();
    const { errors } = listen();
    const off = new BluetoothUnavailableError('Switch it on.', { code: 'BLUETOOTH_OFF' });
    script.failScan(off);
    expect(statuses.slice(1)).toEqual([{ state: 'ended', time: start, reason: 'Switch it on.', error: off }]);
    expect(errors).toEqual([off]);
  });

  it.each([new TypeError('No peripheral C1:00:00:00:00:01'), 'C1:00:00:00:00:01'])(
    'ends with whatever a central throws, repeats nothing of it, and does not try again: %s',
    (fault) => {
      const { script, statuses, errors } = live();
      script.drop(fault);
      expect(statuses.at(-1)).toMatchObject({
        state: 'ended',
        reason: 'Something unexpected failed: see the error.',
        error: fault,
      });
      expect(errors).toEqual([fault]);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('gives a late subscriber the present status', () => {
    const { sensor } = live();
    const states: string[] = [];
    sensor.status$.subscribe(({ state }) => states.push(state));
    expect(states).toEqual(['live']);
  });

  it('goes on from one session to the next', () => {
    const { states, subscription, listen } = live();
    subscription.unsubscribe();
    listen();
    expect(states().slice(2)).toEqual(['live', 'ended', 'scanning']);
  });
});
