import { randomUUID } from 'node:crypto';
import { Client } from '@opensearch-project/opensearch';
import { beforeAll, expect, it } from 'vitest';
import { prepareIndex } from '../../src/opensearch/index.js';
import { serializeSample } from '../../src/sample/index.js';
import { dashboards } from '../../src/serving/index.js';
import { sampleOf } from '../support/samples.js';
import { searchesOf, specOf } from '../support/serving/dashboards.js';
import { draw } from '../support/serving/draw.js';
import { needs } from '../support/skip.js';

const { describe, opensearch } = needs('opensearch');
const client = new Client({ node: opensearch.url });
const index = `shown-${randomUUID()}`;
const objects = dashboards({ index, above: 150, zones: [100, 120, 140] });
const start = sampleOf(0).timestamp.getTime();
const at = (second: number) => new Date(start + second * 1_000);
const range = { from: at(0), to: at(60) };

/** Nine seconds of a ride, one without a beat, and one sample later; a run beside it; one of an older producer. */
const lines = [
  ...Array.from({ length: 10 }, (_, second) =>
    serializeSample(
      sampleOf(second, {
        heartRate: second === 9 ? 0 : 100 + second,
        rrIntervals: [[], [601], [602], [653, 603], [604], [605], [606], [607], [608], []][second] ?? [],
      }),
    ),
  ),
  serializeSample(sampleOf(20, { timestamp: at(40), heartRate: 160, rrIntervals: [400] })),
  ...[120, 140].map((heartRate, sequence) =>
    serializeSample(sampleOf(sequence, { session: 'run', heartRate, rrIntervals: [] })),
  ),
  `{"timestamp":"${at(2).toISOString()}","heart_rate":90}`,
  serializeSample(sampleOf(0, { session: 'earlier', timestamp: at(-60), heartRate: 200 })),
];

/** Milliseconds from the time of each sample of the ride until it was sent to the index. */
const LATENCIES = [100, 500, 300, 200, 400, 2_000, 2_000, 2_000, 2_000, 2_000, 60_000];

/** The object of that name, and what the server answers to its searches. */
async function show(name: string) {
  const object = objects.find(({ id }) => id === `liveheartrate-${index}-${name}`);
  if (!object) throw new Error(`There is no ${name}.`);
  const searches = searchesOf(object, objects, range);
  const answers = await Promise.all(searches.map(async (search) => (await client.search(search)).body));
  return { object, answers };
}

async function drawn(name: string) {
  const { object, answers } = await show(name);
  const { rows, svg, warnings } = await draw(specOf(object), answers);
  expect(warnings).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined/);
  return rows;
}

const sorted = (rows: unknown[][]) => rows.map((row) => row.join(' ')).sort();

describe('the dashboard, with the answers of the real OpenSearch', () => {
  beforeAll(async () => {
    await prepareIndex(client, { index });
    const name = `${index}-2026.11.23`;
    // Of the ride only; of each document by its place.
    const late = (line: string, place: number) =>
      line.includes('"ride"') ? { index_latency: LATENCIES[place] } : {};
    const body = lines.flatMap((line, place) => [
      { index: { _index: name } },
      { ...(JSON.parse(line) as object), ...late(line, place) },
    ]);
    expect((await client.bulk({ body, refresh: true })).body.errors).toBe(false);
  });

  it('shows the last heart rate of each 5 s, and no line where there are no samples', async () => {
    const rows = await drawn('last-heart-rate');
    const seconds = rows('rates', 'session', 'time', 'rate', 'run').map(([session, time, rate, run]) => [
      session,
      (Number(time) - start) / 1_000,
      rate,
      run,
    ]);
    expect(sorted(seconds)).toEqual(
      ['ride 0 104 0', 'ride 5 108 0', 'ride 40 160 1', 'run 0 140 0', '(none) 0 90 0'].sort(),
    );
  });

  it('shows the time in zones', async () => {
    const rows = await drawn('time-in-zones');
    expect(rows('times', 'name', 'minutes')).toEqual([
      ['< 100', 5 / 60],
      ['100 – 120', 10 / 60],
      ['120 – 140', 5 / 60],
      ['≥ 140', 5 / 60],
    ]);
  });

  it('shows each RR interval over the one before it, and none over one that it does not follow', async () => {
    const rows = await drawn('poincare');
    const follow = [601, 602, 653, 603, 604, 605, 606, 607, 608];
    expect(rows('pairs', 'session', 'previous', 'interval')).toEqual(
      follow.slice(1).map((interval, before) => ['ride', follow[before], interval]),
    );
  });

  it('shows how long samples take to the index: half of them, and 99 of 100', async () => {
    const rows = await drawn('latency');
    expect(rows('latencies', 'time', 'half', 'most')).toEqual([
      [at(0).getTime(), 0.3, 0.5],
      [at(5).getTime(), 2, 2],
      [at(40).getTime(), 60, 60],
    ]);
  });

  it('shows the sensors by name and session', async () => {
    const { answers } = await show('sensors');
    const { aggregations } = answers[0] as unknown as { aggregations: { 6: { buckets: Bucket[] } } };
    const rows = aggregations[6].buckets.flatMap((sensor) =>
      (sensor[7]?.buckets ?? []).map((session) => [
        sensor.key,
        session.key,
        session[1]?.hits.hits[0]?._source.heart_rate,
        session[2]?.value,
        session[3]?.value,
        session[4]?.value,
        session.doc_count,
      ]),
    );
    expect(rows).toEqual([
      ['Strap 1', 'ride', 160, 100, 160, at(40).getTime(), 10],
      ['Strap 1', 'run', 140, 120, 140, at(1).getTime(), 2],
      ['__missing__', '__missing__', 90, 90, 90, at(2).getTime(), 1],
    ]);
  });

  it('has no search that is not shown here, and draws nothing where there is nothing', async () => {
    const charts = objects.filter(({ type }) => type === 'visualization');
    expect(charts.map(({ id }) => id.slice(`liveheartrate-${index}-`.length))).toEqual([
      ...['last-heart-rate', 'sensors', 'time-in-zones', 'poincare', 'latency'],
    ]);
    const nothing = { from: at(3_600), to: at(7_200) };
    for (const chart of charts.filter(({ attributes }) => `${attributes.visState}`.includes('"vega"'))) {
      const [search] = searchesOf(chart, objects, nothing);
      const { body } = await client.search(search);
      const { svg, warnings } = await draw(specOf(chart), [body]);
      expect(svg).not.toMatch(/NaN|undefined/);
      expect(warnings).toEqual([]);
    }
  });
});

/** A bucket of the table. */
interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly 1?: { hits: { hits: { _source: { heart_rate: number } }[] } };
  readonly 2?: { value: number };
  readonly 3?: { value: number };
  readonly 4?: { value: number };
  readonly 7?: { buckets: Bucket[] };
}
