/** One aggregation of a saved visualization of a classic type. */
export interface Aggregation {
  readonly id: string;
  readonly type: string;
  readonly schema: 'metric' | 'bucket';
  readonly params: Readonly<Record<string, unknown>>;
}

type Aggregations = Record<string, Record<string, unknown>>;

/** The aggregations of a search as Dashboards makes them of a saved table: buckets within each other, metrics in each. */
export function searchOfAggregations(all: readonly Aggregation[]): { aggs: Aggregations } {
  const metrics = Object.fromEntries(
    all.flatMap((each) => {
      const body = metricOf(each);
      return each.schema === 'metric' && body ? [[each.id, body] as const] : [];
    }),
  );
  const buckets = all.filter(({ schema }) => schema === 'bucket').reverse();
  let aggs = metrics;
  for (const { id, type, params } of buckets) {
    const [orderBy, otherBucket] = [params.orderBy as string, params.otherBucket];
    const sortedBy = metrics[orderBy];
    if (type !== 'terms' || otherBucket || !sortedBy) throw new Error('Dashboards would do something else.');
    const terms = {
      field: params.field,
      order: { [orderBy]: params.order },
      size: params.size,
      ...(params.missingBucket === true && { missing: '__missing__' }),
    };
    aggs = { [id]: { terms, aggs: { [orderBy]: sortedBy, ...aggs } } };
  }
  return { aggs };
}

function metricOf({ type, params }: Aggregation): Record<string, unknown> | undefined {
  const { field, size, sortField, sortOrder } = params;
  switch (type) {
    case 'count':
      return undefined; // It is the number that each bucket has anyway.
    case 'min':
    case 'max':
      return { [type]: { field } };
    case 'top_hits':
      return {
        top_hits: {
          docvalue_fields: [{ field }],
          _source: field,
          size,
          sort: [{ [sortField as string]: { order: sortOrder } }],
        },
      };
    case 'terms':
      return undefined;
    default:
      throw new Error(`Dashboards would do something else: ${type}.`);
  }
}
