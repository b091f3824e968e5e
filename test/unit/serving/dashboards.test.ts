import { describe, expect, it } from 'vitest';
import { INDEX_LATENCY, sampleSchema } from '../../../src/sample/index.js';
import { type DashboardOptions, dashboards, toNdjson } from '../../../src/serving/index.js';
import { searchesOf, specOf, visStateOf } from '../../support/serving/dashboards.js';

const range = { from: new Date(0), to: new Date(60_000) };
const objects = dashboards();
const charts = objects.filter(({ type }) => type === 'visualization');
const only = (type: string) => objects.find((object) => object.type === type);

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, its]) => (name === key ? [its] : valuesOf(key, its)));
}

describe('dashboards', () => {
  it('have the same ids each time, so that importing them again overwrites them', () => {
    const ids = objects.map(({ type, id }) => `${type}:${id}`);
    expect(dashboards({ above: 160, zones: [100] }).map(({ type, id }) => `${type}:${id}`)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    const others = dashboards({ index: 'other' }).map(({ type, id }) => `${type}:${id}`);
    expect(new Set([...ids, ...others]).size).toBe(2 * ids.length);
  });

  it('need nothing that does not come with them', () => {
    const references = objects.flatMap((object) => object.references);
    expect(references.length).toBeGreaterThan(charts.length);
    for (const { type, id } of references)
      expect(objects).toContainEqual(expect.objectContaining({ type, id }));
  });

  it('show each visualization once, none over another', () => {
    const panels = JSON.parse(`${only('dashboard')?.attributes.panelsJSON}`) as Panel[];
    const shown = panels.map(({ panelRefName }) =>
      only('dashboard')?.references.find(({ name }) => name === panelRefName),
    );
    expect(shown.map((reference) => reference?.id).sort()).toEqual(charts.map(({ id }) => id).sort());
    const places = panels.flatMap(({ gridData: { x, y, w } }) =>
      Array.from({ length: w }, (_, column) => `${x + column}/${y}`),
    );
    expect(new Set(places).size).toBe(places.length);
  });

  it('search the index for fields that it has, and show no address', () => {
    const known = [...sampleSchema.map(({ name }) => name), INDEX_LATENCY];
    for (const chart of charts) {
      const [{ index, body } = { index: '', body: {} }] = searchesOf(chart, objects, range);
      expect(index).toBe('heart_rate');
      for (const field of valuesOf('field', body)) expect(known).toContain(field);
      expect(JSON.stringify(body)).not.toContain('%');
    }
    expect(toNdjson(objects)).not.toContain('sensor_id');
  });

  it('search for nothing where nothing has been chosen to be seen', () => {
    for (const chart of charts) {
      expect(JSON.stringify(searchesOf(chart, objects, range))).toContain('"timestamp":{"gte":"1970-01-01T');
    }
  });

  it('use nothing in their expressions that Dashboards does not let them', () => {
    const refused = /\b(window|document|global|globalThis|top|parent|frames|self|view|eval|constructor)\b/;
    for (const chart of charts.filter((each) => visStateOf(each).type === 'vega')) {
      const spec = specOf(chart);
      const expressions = ['expr', 'signal', 'update', 'test'].flatMap((key) => valuesOf(key, spec));
      for (const expression of expressions) expect(`${expression}`).not.toMatch(refused);
    }
  });

  it('have the line and the zones that they are told', () => {
    const told = JSON.stringify(dashboards({ above: 163, zones: [101, 122] }));
    for (const part of ['163', '< 101', '101 – 122', '≥ 122']) expect(told).toContain(part);
  });

  it.each<[DashboardOptions, RegExp]>([
    [{ index: 'heart_rate-*' }, /^index must be/],
    [{ index: '' }, /^index must be/],
    [{ above: 0 }, /^above must be a whole number from 1 to 65535/],
    [{ above: 150.5 }, /^above must be/],
    [{ zones: [] }, /^zones must rise/],
    [{ zones: [100, 100] }, /^zones must rise/],
    [{ zones: [100, Number.NaN] }, /^zones must be/],
  ])('refuse %j', (options, message) => {
    expect(() => dashboards(options)).toThrow(message);
  });
});

describe('toNdjson', () => {
  it('writes one object on each line', () => {
    const text = toNdjson(objects);
    expect(text.endsWith('}\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(objects);
    expect(toNdjson([])).toBe('');
  });
});

/** A panel of a dashboard. */
interface Panel {
  readonly panelRefName: string;
  readonly gridData: { readonly x: number; readonly y: number; readonly w: number };
}
