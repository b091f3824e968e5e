import type { Hello, SampleEvent, SessionHistory, StatusEvent } from '../../../../src/dashboard/protocol.js';

/** When the story of each test begins, by the server's clock. */
export const START = Date.parse('2026-11-28T12:00:00.000Z');

export const hello: Hello = {
  version: '0.1.0',
  started: '2026-11-28T11:00:00.000Z',
  source: 'simulated straps',
  store: 'embedded',
  zones: [95, 114, 133, 152, 171],
  alert: { above: 150, below: 145 },
  silence: 5_000,
  heartbeat: 500,
};

/** The sample that has come so many seconds after the start. */
export const sample = (seconds: number, fields: Partial<SampleEvent> = {}): SampleEvent => ({
  timestamp: new Date(START + seconds * 1_000).toISOString(),
  heart_rate: 72,
  rr_intervals: [833.0078125],
  sensor_id: 'strap-1',
  sensor_name: 'Anna',
  session_id: 'session-1',
  sequence: seconds,
  ...fields,
});

export const status = (state: StatusEvent['state'], fields: Partial<StatusEvent> = {}): StatusEvent => ({
  sensor_id: 'strap-1',
  sensor_name: 'Anna',
  state,
  time: new Date(START).toISOString(),
  reason: 'It is so.',
  ...fields,
});

/** The samples of these seconds as the server tells them later. */
export const past = (seconds: readonly number[], fields: Partial<SessionHistory> = {}): SessionHistory => ({
  session_id: 'session-1',
  sensor_id: 'strap-1',
  sensor_name: 'Anna',
  sequence: seconds,
  timestamp: seconds.map((second) => START + second * 1_000),
  heart_rate: seconds.map(() => 72),
  rr_intervals: seconds.map(() => [833.0078125]),
  ...fields,
});

/** From one whole number up to, and without, another. */
export const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);
