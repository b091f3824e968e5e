import { axes, bounds, type Chart, colours, domain, found, scale, sessionLegend, vega } from './chart.js';
import { shown } from './search.js';

/** OpenSearch gives no more documents at once. */
const NEWEST = 10_000;

/**
 * Each RR interval over the one before it. The order of the intervals is that of the documents as they came, since the
 * index sorts the values of a field; what does not follow directly on another is no pair.
 */
export function poincare(index: string): Chart {
  const exist = ['rr_intervals', 'session_id', 'sequence'].map((field) => ({ exists: { field } }));
  const body = {
    size: NEWEST,
    query: shown(...exist),
    sort: [{ timestamp: 'desc' }],
    _source: ['rr_intervals', 'session_id', 'sequence'],
  };
  const pairs = found('pairs', index, body, 'hits.hits', [
    { type: 'formula', as: 'session', expr: 'datum._source.session_id' },
    { type: 'formula', as: 'sequence', expr: 'datum._source.sequence' },
    { type: 'collect', sort: { field: ['session', 'sequence'] } },
    { type: 'flatten', fields: ['_source.rr_intervals'], as: ['interval'], index: 'position' },
    {
      type: 'window',
      ops: ['lag', 'lag'],
      fields: ['interval', 'sequence'],
      as: ['previous', 'from'],
      groupby: ['session'],
    },
    {
      type: 'filter',
      expr: 'datum.previous !== null && (datum.position > 0 || datum.sequence === datum.from + 1)',
    },
    { type: 'formula', as: 'least', expr: 'min(datum.previous, datum.interval)' },
    { type: 'formula', as: 'most', expr: 'max(datum.previous, datum.interval)' },
  ]);
  const dot = {
    x: { scale: 'x', field: 'previous' },
    y: { scale: 'y', field: 'interval' },
    fill: { scale: 'colour', field: 'session' },
    fillOpacity: { value: 0.5 },
    size: { value: 12 },
    tooltip: { signal: "format(datum.previous, '.0f') + ' → ' + format(datum.interval, '.0f') + ' ms'" },
  };
  const both = domain('linear', 'least', 'most');
  const diagonal = {
    x: { value: 0 },
    y: { signal: 'height' },
    x2: { signal: 'width' },
    y2: { value: 0 },
    stroke: { value: '#98a2b3' },
  };
  return {
    name: 'poincare',
    title: 'RR intervals (Poincaré)',
    description: `Each RR interval over the one before it, of the newest ${NEWEST} samples, uncorrected.`,
    spec: vega({
      data: [pairs, bounds('pairs', 'least', 'most')],
      scales: [
        scale('x', 'linear', both, { zero: false }),
        scale('y', 'linear', both, { zero: false }),
        colours('pairs'),
      ],
      axes: axes('RR, ms', 'next RR, ms'),
      legends: [sessionLegend],
      marks: [
        { type: 'rule', encode: { update: diagonal } },
        { type: 'symbol', from: { data: 'pairs' }, encode: { update: dot } },
      ],
    }),
  };
}
