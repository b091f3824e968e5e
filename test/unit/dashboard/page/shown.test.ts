import { beforeEach, describe, expect, it } from 'vitest';
import { Board } from '../../../../src/dashboard/page/model/board.js';
import { pack } from '../../../../src/dashboard/page/model/packed.js';
import type { Sensor } from '../../../../src/dashboard/page/model/sensor.js';
import { alertOf, shown } from '../../../../src/dashboard/page/model/shown.js';
import { hello, past, START, sample, status } from './samples.ts';

let now: number;
let board: Board;
beforeEach(() => {
  now = 0;
  board = new Board(() => now);
  board.apply('hello', hello);
});
const anna = () => board.sensor('strap-1') as Sensor;
const shownAfter = (seconds: number) => shown(anna(), board, seconds * 1_000);
const heartbeat = () => board.apply('heartbeat', { time: new Date(START).toISOString() });

describe('what is shown of a sensor', () => {
  it('is its rate while samples come', () => {
    board.apply('status', status('live'));
    board.apply('sample', sample(0));
    expect(shownAfter(5)).toEqual({ state: 'live', rate: 72, note: '' });
  });

  it('is never a rate after the silence that the server has said, whatever the last status was', () => {
    board.apply('status', status('live'));
    board.apply('sample', sample(0));
    expect(shownAfter(5.001)).toEqual({ state: 'silent', rate: undefined, note: 'last 72 bpm 5 s ago' });
    expect(shownAfter(12)).toMatchObject({ note: 'last 72 bpm 12 s ago' });
  });

  it.each(['scanning', 'connecting', 'silent', 'reconnecting', 'ended'] as const)(
    'is never a rate while it is %s',
    (state) => {
      board.apply('sample', sample(0));
      board.apply('status', status(state));
      expect(shownAfter(1)).toEqual({ state, rate: undefined, note: 'last 72 bpm 1 s ago' });
    },
  );

  it('is never a rate without a connection to the server, and no alert', () => {
    board.apply('status', status('live'));
    board.apply('sample', sample(0));
    const alert = {
      ...sample(0),
      state: 'raised',
      time: sample(0).timestamp,
      reason: 'It is high.',
    } as const;
    board.apply('alert', alert);
    expect(alertOf(anna(), board)).toBe(alert);
    board.link = 'lost';
    expect(shownAfter(1)).toEqual({ state: 'reconnecting', rate: undefined, note: 'last 72 bpm 1 s ago' });
    expect(alertOf(anna(), board)).toBeUndefined();
  });

  it('of the history is a rate only by the clock of the server, and only while it is young', () => {
    board.merge(pack(past([-4, -3])));
    expect(shownAfter(0)).toEqual({ state: 'silent', rate: undefined, note: 'last 72 bpm' });
    heartbeat();
    expect(shownAfter(0)).toEqual({ state: 'live', rate: 72, note: '' });
    expect(shownAfter(3)).toEqual({ state: 'silent', rate: undefined, note: 'last 72 bpm 6 s ago' });
  });

  it('is a rate also of a recording, whose samples have the time they had then', () => {
    heartbeat();
    board.apply('sample', sample(-86_400));
    expect(shownAfter(1)).toEqual({ state: 'live', rate: 72, note: '' });
    expect(shownAfter(6)).toMatchObject({ state: 'silent', note: 'last 72 bpm 6 s ago' });
  });

  it('says what a rate of 0 is, and that there is no skin', () => {
    board.apply('sample', sample(0, { heart_rate: 0 }));
    expect(shownAfter(0)).toEqual({ state: 'live', rate: undefined, note: 'no beat' });
    expect(shownAfter(9)).toEqual({ state: 'silent', rate: undefined, note: 'no beat 9 s ago' });
    board.apply('sample', sample(1, { sensor_contact: false }));
    expect(shownAfter(1)).toEqual({ state: 'live', rate: 72, note: 'no skin contact' });
  });

  it('says that there was nothing yet', () => {
    board.apply('status', status('connecting'));
    expect(shownAfter(0)).toEqual({ state: 'connecting', rate: undefined, note: 'no heart rate yet' });
  });
});
