import { beforeEach, describe, expect, it } from 'vitest';
import { Board } from '../../../../src/dashboard/page/model/board.js';
import { pack } from '../../../../src/dashboard/page/model/packed.js';
import type { Sensor } from '../../../../src/dashboard/page/model/sensor.js';
import { hello, past, START, sample, span, status } from './samples.ts';

let now: number;
let board: Board;
beforeEach(() => {
  now = 0;
  board = new Board(() => now);
  board.apply('hello', hello);
  board.apply('heartbeat', { time: new Date(START).toISOString() });
});
const sequencesOf = ({ rates }: Sensor) => span(0, rates.length).map((at) => rates.sequence(at));
const anna = () => board.sensor('strap-1') as Sensor;
const live = (second: number) => {
  now = second * 1_000;
  board.apply('sample', sample(second));
};

describe('what the page knows', () => {
  it('has the sensors by name, never by an id, the second before the tenth, and once each', () => {
    for (const [at, name] of ['Strap 10', 'Strap 2', undefined, 'anna'].entries()) {
      board.apply('status', {
        ...status('live', { sensor_id: `id-${at}` }),
        ...{ sensor_name: name as string },
      });
      board.apply('sample', sample(1, { sensor_id: `id-${at}`, sensor_name: name as string }));
    }
    expect(board.sensors.map(({ name }) => name)).toEqual(['(no name)', 'anna', 'Strap 2', 'Strap 10']);
  });

  it('merges history and live samples by session and sequence, whichever comes first', () => {
    live(8);
    live(9);
    board.merge(pack(past(span(0, 9))));
    live(10);
    board.merge(pack(past(span(5, 11))));
    expect(sequencesOf(anna())).toEqual(span(0, 11));
    expect(anna().beats.length).toBe(11);
  });

  it('takes no sample twice, and a late one where it belongs', () => {
    for (const second of [1, 2, 4, 4, 3, 5, 1]) live(second);
    expect(sequencesOf(anna())).toEqual([1, 2, 3, 4, 5]);
    expect(anna().last?.time).toBe(START + 5_000);
  });

  it('has the newest as the last one, of two of the same millisecond, too', () => {
    const together = { heart_rate: [155, 80], timestamp: [START, START] };
    board.merge(pack(past([0, 1], together)));
    expect(anna().last).toMatchObject({ rate: 80, sequence: 1 });
    live(2);
    board.apply('sample', { ...sample(3, { heart_rate: 90 }), timestamp: sample(2).timestamp });
    board.merge(pack(past([1, 2])));
    expect(anna().last).toMatchObject({ rate: 90, sequence: 3 });
  });

  it('keeps the history of before a restart of the server, and the new session after it', () => {
    board.merge(pack(past(span(0, 5))));
    board.apply('hello', { ...hello, started: '2026-11-28T12:00:06.000Z' });
    board.merge(pack(past([7, 8], { session_id: 'session-2', sequence: [0, 1] })));
    board.merge(pack(past(span(0, 5))));
    expect(sequencesOf(anna())).toEqual([0, 1, 2, 3, 4, 0, 1]);
    expect(anna().last?.session).toBe('session-2');
  });

  it('forgets at a new connection what is then told again: states and alerts', () => {
    live(1);
    board.apply('status', status('live'));
    const alert = {
      ...sample(1),
      state: 'raised',
      time: sample(1).timestamp,
      reason: 'It is high.',
    } as const;
    board.apply('alert', alert);
    expect(anna().alert).toBe(alert);
    board.apply('hello', hello);
    expect([anna().status, anna().alert]).toEqual([undefined, undefined]);
    board.apply('alert', alert);
    board.apply('alert', { ...alert, state: 'cleared' });
    expect(anna().alert).toBeUndefined();
  });

  it('puts each beat where it was: the last one at the time of its packet', () => {
    board.apply('sample', sample(2, { rr_intervals: [500, 625, 750] }));
    const { beats } = anna();
    const found = span(0, 3).map((at) => [beats.time(at) - START, beats.value(at)]);
    expect(found).toEqual([
      [625, 500],
      [1_250, 625],
      [2_000, 750],
    ]);
  });

  it('goes by the clock of the server, by the heartbeat that was the quickest', () => {
    now = 1_000;
    board.apply('heartbeat', { time: new Date(START + 940).toISOString() });
    expect(board.serverTime(now)).toBe(START + 1_000);
    board.apply('heartbeat', { time: new Date(START + 1_040).toISOString() });
    expect(board.serverTime(now)).toBe(START + 1_040);
    // It was set back an hour.
    board.apply('heartbeat', { time: new Date(START - 3_600_000).toISOString() });
    expect(board.serverTime(now)).toBe(START - 3_600_000);
  });

  it('knows of a sensor how far its time is from that of the server', () => {
    now = 1_000;
    board.apply('sample', sample(0.5));
    expect(anna().skew).toBe(0);
    board.apply('sample', sample(61));
    expect(anna().skew).toBe(60_000);
  });
});
