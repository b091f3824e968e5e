import { describe, expect, it } from 'vitest';
import { type MonitorOptions, rateMonitor } from '../../../src/serving/index.js';

const actionsOf = (options: MonitorOptions) =>
  rateMonitor(options).triggers[0]?.bucket_level_trigger.actions as readonly Record<string, unknown>[];

describe('rateMonitor', () => {
  it('tells nobody without a channel', () => {
    expect(actionsOf({})).toEqual([]);
  });

  it('tells the channel of each alert when it begins, and again after a while', () => {
    expect(actionsOf({ channel: 'c', throttle: 5 })).toMatchObject([
      {
        destination_id: 'c',
        throttle_enabled: true,
        throttle: { value: 5, unit: 'MINUTES' },
        action_execution_policy: {
          action_execution_scope: { per_alert: { actionable_alerts: ['NEW', 'DEDUPED'] } },
        },
      },
    ]);
  });

  it('knows of no sensor', () => {
    expect(JSON.stringify(rateMonitor({ channel: 'c' }))).not.toContain('sensor');
  });

  it('looks as often and as far back as it is told', () => {
    const { schedule, inputs } = rateMonitor({ every: 5, window: 301, index: 'other' });
    expect(schedule.period).toEqual({ interval: 5, unit: 'MINUTES' });
    expect(inputs[0]?.search.indices).toEqual(['other']);
    expect(JSON.stringify(inputs)).toContain('"gt":"{{period_end}}||-301s"');
  });

  it('hides its time range from what would leave out indices for it', () => {
    const filter = [{ range: { timestamp: expect.anything() } }];
    expect(rateMonitor().inputs[0]?.search.query.query).toEqual({ bool: { filter } });
  });

  it.each<[MonitorOptions, RegExp]>([
    [{ index: 'a,b' }, /^index must be/],
    [{ above: 65_535 }, /^above must be a whole number from 1 to 65534/],
    [{ window: 60 }, /^window must be longer than every/],
    [{ window: 86_401 }, /^window must be a whole number/],
    [{ every: 0 }, /^every must be/],
    [{ throttle: 1_441 }, /^throttle must be/],
    [{ channel: '' }, /^channel must be/],
  ])('refuses %j', (options, message) => {
    expect(() => rateMonitor(options)).toThrow(message);
  });
});
