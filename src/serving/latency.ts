import { INDEX_LATENCY } from '../sample/index.js';
import { axes, bounds, type Chart, domain, found, scale, vega } from './chart.js';
import { STEP, shown, steps } from './search.js';

/** How long samples take from the sensor to the index: half of them, and 99 of 100. */
export function latency(index: string): Chart {
  const percentiles = { percentiles: { field: INDEX_LATENCY, percents: [50, 99] } };
  const indexed = { exists: { field: INDEX_LATENCY } };
  const body = { size: 0, query: shown(indexed), aggs: { steps: steps({ latency: percentiles }) } };
  const latencies = found('latencies', index, body, 'aggregations.steps.buckets', [
    { type: 'formula', as: 'time', expr: 'datum.key' },
    { type: 'formula', as: 'half', expr: "datum.latency.values['50.0'] / 1000" },
    { type: 'formula', as: 'most', expr: "datum.latency.values['99.0'] / 1000" },
  ]);
  const line = (field: string, colour: string) => ({
    type: 'line',
    from: { data: 'latencies' },
    encode: {
      update: {
        x: { scale: 'x', field: 'time' },
        y: { scale: 'y', field },
        stroke: { value: colour },
        strokeWidth: { value: 2 },
      },
    },
  });
  const dot = {
    x: { scale: 'x', field: 'time' },
    y: { scale: 'y', field: 'most' },
    fill: { value: '#e7664c' },
    size: { value: 12 },
    tooltip: { signal: "'p50 ' + format(datum.half, '.2f') + ' s, p99 ' + format(datum.most, '.2f') + ' s'" },
  };
  return {
    name: 'latency',
    title: 'Latency, p50 and p99',
    description: `Seconds from the time of a sample until it was sent to the index, of each ${STEP} s: p50 green, p99 red.`,
    spec: vega({
      data: [latencies, bounds('latencies', 'time', 'half', 'most')],
      scales: [
        scale('x', 'time', domain('time', 'time')),
        scale('y', 'linear', domain('linear', 'half', 'most'), { zero: true, nice: true }),
      ],
      axes: axes('', 's'),
      marks: [
        line('half', '#54b399'),
        line('most', '#e7664c'),
        { type: 'symbol', from: { data: 'latencies' }, encode: { update: dot } },
      ],
    }),
  };
}
