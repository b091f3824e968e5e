import {
  axes,
  bounds,
  type Chart,
  colours,
  domain,
  found,
  rowsOfSteps,
  scale,
  sessionLegend,
  vega,
} from './chart.js';
import { BEATS, STEP, shown, stepsOfSessions } from './search.js';

/** So long without a sample, milliseconds, a line does not go on. */
const GAP = 3 * STEP * 1_000;

/** The last heart rate of each step of time, as a line for each session; a gap in the samples is a gap in its line. */
export function lastHeartRate(index: string, above: number): Chart {
  const last = {
    top_hits: {
      size: 1,
      _source: ['heart_rate'],
      sort: [{ timestamp: 'desc' }, { sequence: { order: 'desc', unmapped_type: 'long' } }],
    },
  };
  const body = { size: 0, query: shown(BEATS), aggs: stepsOfSessions({ last }) };
  const rates = found('rates', index, body, 'aggregations.sessions.buckets', [
    ...rowsOfSteps,
    { type: 'formula', as: 'rate', expr: 'datum.step.last.hits.hits[0]._source.heart_rate' },
    { type: 'window', ops: ['lag'], fields: ['time'], as: ['before'], groupby: ['session'] },
    {
      type: 'formula',
      as: 'gap',
      expr: `datum.before !== null && datum.time - datum.before > ${GAP} ? 1 : 0`,
    },
    { type: 'window', ops: ['sum'], fields: ['gap'], as: ['run'], groupby: ['session'] },
  ]);
  const place = { x: { scale: 'x', field: 'time' }, y: { scale: 'y', field: 'rate' } };
  const line = { ...place, stroke: { scale: 'colour', field: 'session' }, strokeWidth: { value: 2 } };
  const dot = {
    ...place,
    fill: { scale: 'colour', field: 'session' },
    size: { value: 12 },
    tooltip: { signal: "datum.rate + ' bpm, ' + timeFormat(datum.time, '%H:%M:%S')" },
  };
  const limit = {
    x: { value: 0 },
    x2: { signal: 'width' },
    y: { scale: 'y', value: above },
    stroke: { value: '#bd271e' },
    strokeDash: { value: [4, 4] },
  };
  return {
    name: 'last-heart-rate',
    title: `Heart rate, last of each ${STEP} s`,
    description: `The last heart rate of each ${STEP} s for each session. Samples without a beat are left out.`,
    spec: vega({
      data: [rates, bounds('rates', 'time', 'rate')],
      scales: [
        scale('x', 'time', domain('time', 'time')),
        scale('y', 'linear', domain('linear', 'rate', 'rate', above), { zero: false, nice: true }),
        colours('rates'),
      ],
      axes: axes('', 'bpm'),
      legends: [sessionLegend],
      marks: [
        {
          type: 'group',
          from: { facet: { name: 'line', data: 'rates', groupby: ['session', 'run'] } },
          marks: [
            { type: 'line', from: { data: 'line' }, encode: { update: line } },
            { type: 'symbol', from: { data: 'line' }, encode: { update: dot } },
          ],
        },
        { type: 'rule', encode: { update: limit } },
      ],
    }),
  };
}
