import { visualization } from './chart.js';
import type { SavedObject } from './saved-object.js';
import { NO_SESSION } from './search.js';

/** The name that a saved object gives to the index pattern it needs. */
const INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.index';
/** Rows of a level of the table. */
const ROWS = 100;

/** The aggregation by whose value rows are sorted. */
const NEWEST = '4';

/**
 * A table of the sensors by name, and of each by session, the newest first: an address would be the one thing by which
 * a stranger can find the wearer, and two sensors of the same name are told apart by their sessions.
 */
export function sensors(id: string, pattern: string): SavedObject {
  const metric = (its: string, type: string, customLabel: string, params: object = {}) => ({
    id: its,
    enabled: true,
    type,
    schema: 'metric',
    params: { ...params, customLabel },
  });
  const rows = (its: string, field: string, customLabel: string, missingBucketLabel: string) => ({
    id: its,
    enabled: true,
    type: 'terms',
    schema: 'bucket',
    params: {
      field,
      orderBy: NEWEST,
      order: 'desc',
      size: ROWS,
      otherBucket: false,
      missingBucket: true,
      missingBucketLabel,
      customLabel,
    },
  });
  const rate = { field: 'heart_rate' };
  const last = { ...rate, aggregate: 'concat', size: 1, sortField: 'timestamp', sortOrder: 'desc' };
  const description = 'Sensors by name and session, the newest first; samples without a beat are left out.';
  const table = {
    perPage: 10,
    showPartialRows: false,
    showMetricsAtAllLevels: false,
    sort: { columnIndex: null, direction: null },
    showTotal: false,
    totalFunc: 'sum',
    percentageCol: '',
  };
  return visualization({ id, title: 'Sensors', description }, 'table', table, {
    aggs: [
      metric('1', 'top_hits', 'last, bpm', last),
      metric('2', 'min', 'lowest, bpm', rate),
      metric('3', 'max', 'highest, bpm', rate),
      metric(NEWEST, 'max', 'last sample', { field: 'timestamp' }),
      metric('5', 'count', 'samples'),
      rows('6', 'sensor_name', 'sensor', '(no name)'),
      rows('7', 'session_id', 'session', NO_SESSION),
    ],
    search: { query: { query: 'heart_rate:>0', language: 'lucene' }, filter: [], indexRefName: INDEX },
    references: [{ name: INDEX, type: 'index-pattern', id: pattern }],
  });
}
