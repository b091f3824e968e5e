import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { event, options } from './event-orders/events.js';
import { Rig } from './event-orders/rig.js';

describe.each(['connect', 'heartRate'] as const)('%s, whatever the order of events', (target) => {
  it('keeps its word', async () => {
    const reached = { states: new Set<string>(), samples: 0 };
    const property = fc
      .asyncProperty(
        options,
        fc.constantFrom(0, 0.25, 0.75),
        fc.boolean(),
        fc.array(event, { maxLength: 60, size: 'max' }),
        async (settings, chance, persistent, events) => {
          vi.spyOn(Math, 'random').mockReturnValue(chance);
          const rig = new Rig(target, settings, persistent);
          await rig.do({ do: 'join' });
          for (const next of events) await rig.do(next);
          await rig.end();
          reached.samples += rig.samples;
          for (const state of rig.states) reached.states.add(state);
        },
      )
      .beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') }))
      .afterEach(() => {
        vi.restoreAllMocks();
        vi.useRealTimers();
      });
    await fc.assert(property, { numRuns: 2_000 });
    // Not because nothing ever happened.
    expect(reached.samples).toBeGreaterThan(2_000);
    expect(reached.states.size).toBe(target === 'connect' ? 6 : 0);
  });
});
