/** A query or an aggregation of OpenSearch. */
export type Clause = Readonly<Record<string, unknown>>;

/** A rate of 0 means "no beat". */
export const BEATS: Clause = { range: { heart_rate: { gt: 0 } } };
/** Samples in the older form name no session. */
export const NO_SESSION = '(none)';
/** Seconds. */
export const STEP = 5;

/** What Dashboards shows at that moment: its time range, its filters and its search bar; and what is told beside. */
export const shown = (...filters: readonly Clause[]): Clause => ({
  bool: {
    must: ['%dashboard_context-must_clause%', { range: { timestamp: { '%timefilter%': true } } }],
    filter: ['%dashboard_context-filter_clause%', ...filters],
    must_not: ['%dashboard_context-must_not_clause%'],
  },
});

/** Steps of time in which there is any sample. */
export const steps = (aggs: Clause = {}): Clause => ({
  date_histogram: { field: 'timestamp', fixed_interval: `${STEP}s`, min_doc_count: 1 },
  aggs,
});

/** The newest sessions, and in each of them the steps of time in which there is any sample. */
export const stepsOfSessions = (aggs: Clause): Clause => ({
  sessions: {
    terms: { field: 'session_id', missing: NO_SESSION, size: 100, order: { newest: 'desc' } },
    aggs: { newest: { max: { field: 'timestamp' } }, steps: steps(aggs) },
  },
});
