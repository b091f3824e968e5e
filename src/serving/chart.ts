import type { SavedObject } from './saved-object.js';
import type { Clause } from './search.js';

/** A part of a Vega specification. */
type Part = Readonly<Record<string, unknown>>;

/** A chart of its own search: nothing in it is left to Dashboards, so that what it shows is what is written here. */
export interface Chart {
  /** Its name among those of the same index; never changes. */
  readonly name: string;
  /** Its heading. */
  readonly title: string;
  /** What it shows, and what it does not. */
  readonly description: string;
  /** The Vega specification. */
  readonly spec: Part;
}

/** A search whose answer is a table of Vega. */
export const found = (
  name: string,
  index: string,
  body: Clause,
  property: string,
  transform: Part[],
): Part => ({
  name,
  url: { index, body },
  format: { property },
  transform,
});

/** One row for each step of each session. */
export const rowsOfSteps: Part[] = [
  { type: 'flatten', fields: ['steps.buckets'], as: ['step'] },
  { type: 'formula', as: 'session', expr: 'datum.key' },
  { type: 'formula', as: 'time', expr: 'datum.step.key' },
];

/** The least and the most of some fields, for {@link domain}. */
export const bounds = (source: string, ...fields: string[]): Part => ({
  name: 'bounds',
  source,
  transform: [
    {
      type: 'aggregate',
      fields: fields.flatMap((field) => [field, field]),
      ops: fields.flatMap(() => ['min', 'max']),
      as: fields.flatMap((field) => [`least_${field}`, `most_${field}`]),
    },
  ],
});

/** What a scale covers where there is nothing to show: of itself Vega would label such an axis with NaN. */
const NOTHING = { time: '[now() - 15 * 60 * 1000, now()]', linear: '[0, 1]' };

/** What a scale covers: from the least of one field to the most of another, and a value that is always to be seen. */
export function domain(type: keyof typeof NOTHING, from: string, to = from, seen?: number): Part {
  const [least, most] = [`data('bounds')[0].least_${from}`, `data('bounds')[0].most_${to}`];
  const both = seen === undefined ? `[${least}, ${most}]` : `[min(${least}, ${seen}), max(${most}, ${seen})]`;
  return { signal: `length(data('bounds')) > 0 ? ${both} : ${NOTHING[type]}` };
}

/** A scale along the width or up the height, as its type says. */
export const scale = (name: 'x' | 'y', type: string, domain: unknown, more: Part = {}): Part => ({
  name,
  type,
  domain,
  range: name === 'x' ? 'width' : 'height',
  ...more,
});

/** The two axes. */
export const axes = (x: string, y: string): Part[] => [
  { orient: 'bottom', scale: 'x', title: x, grid: true, gridOpacity: 0.3, labelOverlap: true },
  { orient: 'left', scale: 'y', title: y, grid: true, gridOpacity: 0.3, labelOverlap: true },
];

/** A colour for each session. */
export const colours = (data: string): Part => ({
  name: 'colour',
  type: 'ordinal',
  domain: { data, field: 'session' },
  range: 'category',
});

/** Which colour is which session, as far as it takes to tell them apart. */
export const sessionLegend: Part = {
  fill: 'colour',
  title: 'session',
  encode: { labels: { update: { text: { signal: 'slice(datum.value, 0, 8)' } } } },
};

/** A Vega specification; Dashboards gives it its size. */
export const vega = (parts: Part): Part => ({
  $schema: 'https://vega.github.io/schema/vega/v5.json',
  autosize: { type: 'fit', contains: 'padding' },
  padding: 5,
  ...parts,
});

/** The chart as a saved object. */
export function chartObject({ title, description, spec }: Chart, id: string): SavedObject {
  return visualization({ id, title, description }, 'vega', { spec: JSON.stringify(spec, null, 2) });
}

/** A saved visualization of any type. */
export function visualization(
  { id, title, description }: { id: string; title: string; description: string },
  type: string,
  params: Part,
  rest: { aggs?: readonly Part[]; search?: Part; references?: SavedObject['references'] } = {},
): SavedObject {
  const { aggs = [], search = {}, references = [] } = rest;
  return {
    type: 'visualization',
    id,
    attributes: {
      title,
      description,
      visState: JSON.stringify({ title, type, params, aggs }),
      uiStateJSON: '{}',
      version: 1,
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(search) },
    },
    references,
    migrationVersion: { visualization: '7.10.0' },
  };
}
