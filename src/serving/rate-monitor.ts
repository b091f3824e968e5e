import { InvalidArgumentError } from '../errors.js';
import { checkIndex, checkWhole } from './check.js';
import { type Clause, NO_SESSION } from './search.js';

/** When a monitor alerts, and whom it tells. */
export interface MonitorOptions {
  /** Name of the index of samples, or of its alias. Default `heart_rate`. */
  readonly index?: string;
  /** A heart rate above that alerts, beats per minute, 1–65,534. Default 150. */
  readonly above?: number;
  /** How old a sample may be, seconds, 1–86,400; longer than from one look to the next. Default 120. */
  readonly window?: number;
  /** Minutes from one look to the next, 1–1,440. Default 1. */
  readonly every?: number;
  /** While it lasts, it is told again after so many minutes, 1–1,440. Default 30. */
  readonly throttle?: number;
  /** Id of the channel of the Notifications plugin to which messages go. Default: none; alerts are only shown. */
  readonly channel?: string;
}

/** A monitor as the Alerting plugin takes it: `POST _plugins/_alerting/monitors`. */
export interface Monitor {
  /** What it is. */
  readonly type: 'monitor';
  /** What people know it by. */
  readonly name: string;
  /** It alerts for each bucket. */
  readonly monitor_type: 'bucket_level_monitor';
  /** Whether it runs. */
  readonly enabled: true;
  /** How often it looks. */
  readonly schedule: {
    /** From one look to the next. */
    readonly period: {
      /** How many. */
      readonly interval: number;
      /** Of what. */
      readonly unit: 'MINUTES';
    };
  };
  /** Its search. */
  readonly inputs: readonly {
    /** What is searched, and for what. */
    readonly search: {
      /** Names of indices and aliases. */
      readonly indices: readonly string[];
      /** Body of the search. */
      readonly query: Readonly<Record<string, unknown>>;
    };
  }[];
  /** When it alerts, and what is done then. */
  readonly triggers: readonly {
    /** One for each bucket. */
    readonly bucket_level_trigger: Readonly<Record<string, unknown>>;
  }[];
}

/** A bucket, and so an alert, for each session; those with the highest rates come first, and so are never left out. */
const SESSIONS = 1_000;
const DAY = { minutes: 24 * 60, seconds: 24 * 60 * 60 };

/**
 * A monitor for the Alerting plugin that alerts where a heart rate is above a limit. Each session has its own alert,
 * which lasts until no sample of the window is above the limit, so that a rate about the limit is one alert and not
 * many. Of each, one message goes to the channel when it begins, and reminders while it lasts. A message names the
 * session, and neither a sensor nor its address.
 *
 * It looks at the samples' own time: one that arrives later than the window is long alerts nobody.
 *
 * @param options - Limit, window, schedule, index and channel.
 * @returns The monitor. Put it with `POST _plugins/_alerting/monitors` once, and with `PUT` and its id from then on: a
 *   second `POST` makes a second one.
 * @throws `InvalidArgumentError` where an option cannot be used.
 *
 * @example
 * ```ts
 * import { rateMonitor } from 'liveheartrate/serving';
 *
 * const { name, schedule } = rateMonitor({ above: 160, channel: 'id-of-a-channel' });
 * name; // => 'Heart rate above 160 (heart_rate)'
 * schedule; // => { period: { interval: 1, unit: 'MINUTES' } }
 * ```
 */
export function rateMonitor(options: MonitorOptions = {}): Monitor {
  const { index = 'heart_rate', above = 150, window = 120, every = 1, throttle = 30, channel } = options;
  checkIndex(index);
  checkWhole('above', above, 1, 65_534);
  checkWhole('every', every, 1, DAY.minutes);
  checkWhole('window', window, 1, DAY.seconds);
  checkWhole('throttle', throttle, 1, DAY.minutes);
  if (window <= every * 60) {
    throw new InvalidArgumentError('window must be longer than every: a sample takes a moment to arrive.');
  }
  if (channel === '') throw new InvalidArgumentError('channel must be the id of a channel, or left out.');

  return {
    type: 'monitor',
    name: `Heart rate above ${above} (${index})`,
    monitor_type: 'bucket_level_monitor',
    enabled: true,
    schedule: { period: { interval: every, unit: 'MINUTES' } },
    inputs: [{ search: { indices: [index], query: highestOfSessions(window) } }],
    triggers: [
      {
        bucket_level_trigger: {
          id: 'liveheartrate-above',
          name: `Above ${above}`,
          severity: '1',
          condition: {
            parent_bucket_path: 'sessions',
            buckets_path: { highest: 'highest' },
            script: { lang: 'painless', source: `params.highest > ${above}` },
            gap_policy: 'skip',
          },
          actions: channel === undefined ? [] : [tell(channel, above, throttle)],
        },
      },
    ],
  };
}

function highestOfSessions(window: number): Clause {
  const range = { gt: `{{period_end}}||-${window}s`, lte: '{{period_end}}', format: 'epoch_millis' };
  const terms = { field: 'session_id', missing: NO_SESSION, size: SESSIONS, order: { highest: 'desc' } };
  return {
    size: 0,
    // As a filter: where the plugin sees the range, it searches only the indices of an alias that were made last, which
    // after a replay of older samples are not those of today.
    query: { bool: { filter: [{ range: { timestamp: range } }] } },
    aggs: { sessions: { terms, aggs: { highest: { max: { field: 'heart_rate' } } } } },
  };
}

/** One message for each alert, in which are all alerts where there are too many for that. */
const tell = (channel: string, above: number, throttle: number): Clause => ({
  id: 'liveheartrate-tell',
  name: 'Tell the channel',
  destination_id: channel,
  subject_template: { lang: 'mustache', source: `Heart rate above ${above} bpm` },
  message_template: {
    lang: 'mustache',
    source:
      `Heart rate above ${above} bpm, at {{ctx.periodEnd}}.\n` +
      '{{#ctx.newAlerts}}Since now: session {{bucket_keys}}\n{{/ctx.newAlerts}}' +
      '{{#ctx.dedupedAlerts}}Still: session {{bucket_keys}}\n{{/ctx.dedupedAlerts}}',
  },
  throttle_enabled: true,
  throttle: { value: throttle, unit: 'MINUTES' },
  action_execution_policy: {
    action_execution_scope: { per_alert: { actionable_alerts: ['NEW', 'DEDUPED'] } },
  },
});
