import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { beforeAll, expect, it } from 'vitest';
import { prepareIndex } from '../../src/opensearch/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { type MonitorOptions, rateMonitor } from '../../src/serving/index.js';
import { parseMonitors } from '../support/alerting/parse-monitors.js';
import { sampleOf } from '../support/samples.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const { describe: describeParser, alerting } = needs('alerting');
const client = new Client({ node: opensearch.url });
const index = `watched-${randomUUID()}`;
const start = sampleOf(0).timestamp.getTime();
const at = (second: number) => new Date(start + second * 1_000);

const sample = (session: string, second: number, heartRate: number) =>
  serializeSample(
    sampleOf(Math.abs(second), {
      session,
      heartRate,
      timestamp: at(second),
      sensor: { id: 'A0:B1:C2:D3:E4:F5' },
    }),
  );
const lines = [
  ...[140, 151, 149].map((rate, second) => sample('hard', second, rate)),
  ...[150, 150, 0].map((rate, second) => sample('at the limit', second, rate)),
  sample('over', -119, 200),
  sample('long ago', -120, 200),
  `{"timestamp":"${at(1).toISOString()}","heart_rate":170}`,
];

/** What is in the trigger of a monitor. */
interface Trigger {
  readonly condition: {
    parent_bucket_path: string;
    buckets_path: object;
    script: object;
  };
  readonly actions: readonly { subject_template: object; message_template: { source: string } }[];
}
const triggerOf = (options: MonitorOptions) =>
  rateMonitor({ index, ...options }).triggers[0]?.bucket_level_trigger as unknown as Trigger;

const render = async (source: unknown, params: Record<string, unknown>) =>
  (await client.renderSearchTemplate({ body: { source: source as string, params } })).body.template_output;

/** The sessions of which a monitor has an alert, as the plugin finds them: the trigger selects among the buckets. */
async function alerts(options: MonitorOptions, second: number): Promise<string[]> {
  const [input] = rateMonitor({ index, ...options }).inputs;
  const { indices, query } = input?.search ?? { indices: [], query: {} };
  const period = { period_end: at(second).getTime(), period_start: at(second - 60).getTime() };
  const body = (await render(JSON.stringify(query), period)) as Record<string, unknown>;
  const { parent_bucket_path, ...selector } = triggerOf(options).condition;
  const parent = (body.aggs as Record<string, { aggs: object }>)[parent_bucket_path];
  const aggs = {
    [parent_bucket_path]: { ...parent, aggs: { ...parent?.aggs, above: { bucket_selector: selector } } },
  };
  const asked: Record<string, unknown> = { ...body, aggs };
  const answer = await client.search({ index: [...indices], body: asked });
  const found = answer.body.aggregations as unknown as { sessions: { buckets: { key: string }[] } };
  return found.sessions.buckets.map(({ key }) => key);
}

describe('the monitor, on the real OpenSearch', () => {
  beforeAll(async () => {
    await prepareIndex(client, { index });
    const body = lines.flatMap((line) => [{ index: { _index: `${index}-2026.11.23` } }, JSON.parse(line)]);
    expect((await client.bulk({ body, refresh: true })).body.errors).toBe(false);
  });

  it('has an alert for each session that is above the limit, and for no other', async () => {
    expect(await alerts({}, 0)).toEqual(['over']);
    expect(await alerts({}, 2)).toEqual(['(none)', 'hard']);
    expect(await alerts({ above: 151 }, 2)).toEqual(['(none)']);
    expect(await alerts({ above: 149 }, 2)).toEqual(['(none)', 'hard', 'at the limit']);
  });

  it('keeps it until no sample of the window is above the limit', async () => {
    expect(await alerts({}, 120)).toEqual(['(none)', 'hard']);
    expect(await alerts({}, 121)).toEqual([]);
    expect(await alerts({ window: 300 }, 121)).toEqual(['long ago', 'over', '(none)', 'hard']);
  });

  it('tells the session and no address', async () => {
    const [action] = triggerOf({ above: 160, channel: 'c' }).actions;
    const ctx = {
      periodEnd: '2026-11-23T10:00:00Z',
      newAlerts: [{ bucket_keys: 'a' }, { bucket_keys: 'b' }],
      dedupedAlerts: [{ bucket_keys: 'c' }],
    };
    const source = JSON.stringify({ message: action?.message_template.source });
    expect(await render(source, { ctx })).toEqual({
      message:
        'Heart rate above 160 bpm, at 2026-11-23T10:00:00Z.\n' +
        'Since now: session a\nSince now: session b\nStill: session c\n',
    });
  });
});

describeParser('the monitor, in the parser of the Alerting plugin', () => {
  const monitor = rateMonitor({ channel: 'channel' });
  const broken = (from: string | RegExp, to: string) => JSON.parse(JSON.stringify(monitor).replace(from, to));

  it('is one', async () => {
    const every = [monitor, rateMonitor(), rateMonitor({ every: 720, window: 86_400, above: 1 })];
    await expect(parseMonitors(alerting, every)).resolves.toEqual(every.map(() => 'ok'));
  });

  it('would not be one with any part missing or misspelt', async () => {
    const faults: [fault: unknown, says: RegExp][] = [
      [broken('"parent_bucket_path":"sessions",', ''), /parent_bucket_path/],
      [broken('"buckets_path"', '"bucket_paths"'), /Unknown key .*bucket_paths/],
      [broken('"MINUTES"}},"inputs"', '"FORTNIGHTS"}},"inputs"'), /FORTNIGHTS/],
      [broken('"bool"', '"boole"'), /unknown query \[boole\]/],
      [broken('"terms"', '"term"'), /Unknown aggregation type \[term\]/],
      [broken('"DEDUPED"', '"REPEATED"'), /Actionable alerts should be one of/],
      [broken('"throttle":{"value":30', '"throttle":{"value":0'), /positive throttle/],
      [broken('"throttle":', '"throttled":'), /Unexpected field: throttled/],
      [broken('bucket_level_monitor', 'query_level_monitor'), /Incompatible trigger/],
      [broken('"destination_id":"channel",', ''), /destinationId/],
      [broken(/"name":"Heart[^"]*",/, ''), /name is null/],
    ];
    const verdicts = await parseMonitors(
      alerting,
      faults.map(([fault]) => fault),
    );
    expect(verdicts).toEqual(faults.map(([, says]) => expect.stringMatching(says)));
  });
});
