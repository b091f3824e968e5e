import { NEVER, Subject } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../src/sensor/index.js';
import { inTime, openLink } from '../../../src/sensor/link.js';
import { scriptedCentral } from '../../support/scripted-central.js';
import { fakeTime } from './faked.js';

fakeTime();

function opened() {
  const script = scriptedCentral();
  const connections: Connection[] = [];
  const errors: unknown[] = [];
  openLink(script.central, 'a').subscribe({
    next: (connection) => connections.push(connection),
    error: (error) => errors.push(error),
  });
  return { script, connections, errors };
}

describe('openLink', () => {
  it('lasts, once it is open', () => {
    const { script, connections, errors } = opened();
    vi.advanceTimersByTime(9_999);
    script.accept();
    vi.advanceTimersByTime(3_600_000);
    expect(connections).toHaveLength(1);
    expect(errors).toEqual([]);
    expect(script.count.connects).toBe(1);
  });

  it('is given up where it is not open in time', () => {
    const { script, errors } = opened();
    vi.advanceTimersByTime(10_000);
    expect(errors).toMatchObject([
      {
        code: 'SENSOR_TIMEOUT',
        message: 'The sensor did not accept a connection within 10000 ms.',
      },
    ]);
    expect(script.count.connects).toBe(0);
  });

  it.each([true, false])('is lost where it just ends (opened before: %s)', (before) => {
    const { script, errors } = opened();
    if (before) script.accept();
    script.endLink();
    expect(errors).toMatchObject([
      { code: 'SENSOR_DISCONNECTED', message: 'The link to the sensor ended.', retriable: true },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('inTime', () => {
  it('hands on what comes in time', () => {
    const answers = new Subject<number>();
    const seen: (number | string)[] = [];
    inTime(answers, 'a read').subscribe({
      next: (value) => seen.push(value),
      complete: () => seen.push('complete'),
    });
    vi.advanceTimersByTime(4_999);
    answers.next(1);
    vi.advanceTimersByTime(4_999);
    answers.complete();
    expect(seen).toEqual([1, 'complete']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('errors where there is no answer in time', () => {
    const errors: unknown[] = [];
    inTime(NEVER, 'a read').subscribe({ error: (error) => errors.push(error) });
    vi.advanceTimersByTime(5_000);
    expect(errors).toMatchObject([
      { code: 'SENSOR_TIMEOUT', message: 'The sensor did not answer a read within 5000 ms.' },
    ]);
  });

  it('errors where there is an answer that never ends', () => {
    const answers = new Subject<number>();
    const errors: unknown[] = [];
    inTime(answers, 'a read').subscribe({ error: (error) => errors.push(error) });
    answers.next(1);
    vi.advanceTimersByTime(5_000);
    expect(errors).toHaveLength(1);
    expect(answers.observed).toBe(false);
  });
});
