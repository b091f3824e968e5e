import { expect, it } from 'vitest';
import { Latency } from '../../../src/dashboard/latency.js';

it('measures from arrival to index, over the last minute', () => {
  const latency = new Latency();
  for (let at = 0; at < 100; at++) latency.arrived(`ride:${at}`, 1_000);
  for (let at = 0; at < 100; at++) expect(latency.indexed(`ride:${at}`, 1_001 + at)).toBe(1 + at);
  expect(latency.event(2_000)).toEqual({ samples: 100, p50: 50, p99: 99, dropped: 0 });
  expect(latency.event(61_050)).toEqual({ samples: 50, p50: 75, p99: 100, dropped: 0 });
  expect(latency.event(70_000)).toEqual({ samples: 0, p50: 0, p99: 0, dropped: 0 });
});

it('knows nothing of what was never shown, is indexed already, or was given up', () => {
  const latency = new Latency();
  latency.arrived('a', 0);
  latency.arrived('b', 0);
  latency.forget('b');
  expect(latency.event(1).dropped).toBe(1);
  expect([
    latency.indexed('a', 5),
    latency.indexed('a', 6),
    latency.indexed('b', 5),
    latency.indexed('c', 5),
  ]).toEqual([5, undefined, undefined, undefined]);
});
