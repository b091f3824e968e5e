import type { SavedObject } from '../../../src/serving/index.js';
import { type Aggregation, searchOfAggregations } from './aggregations.js';

/** The time range of a dashboard. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** A search as Dashboards sends it. */
export interface Search {
  readonly index: string;
  readonly body: Record<string, unknown>;
}

/** The specification in a saved Vega visualization. */
export interface VegaSpec {
  readonly data: readonly { name: string; url?: Search }[];
  readonly [part: string]: unknown;
}

const json = (text: unknown) => JSON.parse(text as string);

/** What a saved visualization looks like once Dashboards has read it. */
export const visStateOf = ({ attributes }: SavedObject): { type: string; params: Record<string, unknown> } =>
  json(attributes.visState);

/** The specification of a Vega visualization. */
export const specOf = (object: SavedObject): VegaSpec => json(visStateOf(object).params.spec);

/**
 * Every search that a saved visualization sends, in a dashboard without filters and with an empty search bar.
 *
 * @param objects - All saved objects, among which is the index pattern.
 */
export function searchesOf(object: SavedObject, objects: readonly SavedObject[], range: TimeRange): Search[] {
  if (visStateOf(object).type === 'vega') {
    const searches = specOf(object).data.flatMap(({ url }) => (url ? [url] : []));
    return searches.map(({ index, body }) => ({ index, body: inContext(body, range) as Search['body'] }));
  }
  const source = json((object.attributes.kibanaSavedObjectMeta as Record<string, string>).searchSourceJSON);
  const reference = object.references.find(({ name }) => name === source.indexRefName);
  const pattern = objects.find(({ type, id }) => type === reference?.type && id === reference?.id);
  if (!pattern || source.query.language !== 'lucene') throw new Error('Dashboards would do something else.');
  const { title, timeFieldName } = pattern.attributes as Record<string, string>;
  const filter = [
    { query_string: { query: source.query.query, analyze_wildcard: true } },
    { range: { [timeFieldName ?? '']: between(range) } },
  ];
  const { aggs } = json(object.attributes.visState) as { aggs: Aggregation[] };
  return [
    { index: title ?? '', body: { size: 0, query: { bool: { filter } }, ...searchOfAggregations(aggs) } },
  ];
}

const between = ({ from, to }: TimeRange) => ({
  gte: from.toISOString(),
  lte: to.toISOString(),
  format: 'strict_date_optional_time',
});

/** Replaces what stands in a Vega search for the context of the dashboard. */
function inContext(value: unknown, range: TimeRange): unknown {
  if (Array.isArray(value)) {
    const real = value.filter((item) => !/^%dashboard_context-(must|filter|must_not)_clause%$/.test(item));
    return real.map((item) => inContext(item, range));
  }
  if (typeof value !== 'object' || value === null) return value;
  if ('%timefilter%' in value) return between(range);
  return Object.fromEntries(Object.entries(value).map(([key, its]) => [key, inContext(its, range)]));
}
