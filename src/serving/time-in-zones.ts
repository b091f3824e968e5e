import { axes, type Chart, found, rowsOfSteps, scale, vega } from './chart.js';
import { BEATS, STEP, shown, stepsOfSessions } from './search.js';

/** How long the heart rate has been in each zone: the steps of time in which there is any sample, by their mean rate. */
export function timeInZones(index: string, zones: readonly number[]): Chart {
  const body = {
    size: 0,
    query: shown(BEATS),
    aggs: stepsOfSessions({ mean: { avg: { field: 'heart_rate' } } }),
  };
  const rates = found('rates', index, body, 'aggregations.sessions.buckets', [
    ...rowsOfSteps,
    { type: 'formula', as: 'rate', expr: 'datum.step.mean.value' },
    // Its number is that of the bounds that are reached.
    { type: 'formula', as: 'zone', expr: zones.map((from) => `(datum.rate >= ${from} ? 1 : 0)`).join(' + ') },
    { type: 'aggregate', groupby: ['zone'], ops: ['count'], as: ['steps'] },
  ]);
  const times = {
    name: 'times',
    values: names(zones).map((name, zone) => ({ zone, name })),
    transform: [
      { type: 'lookup', from: 'rates', key: 'zone', fields: ['zone'], values: ['steps'], default: 0 },
      { type: 'formula', as: 'minutes', expr: `datum.steps * ${STEP} / 60` },
    ],
  };
  const bar = {
    y: { scale: 'y', field: 'name' },
    height: { scale: 'y', band: 0.9 },
    x: { scale: 'x', value: 0 },
    x2: { scale: 'x', field: 'minutes' },
    fill: { scale: 'colour', field: 'zone' },
    tooltip: { signal: "datum.name + ' bpm: ' + format(datum.minutes, '.1f') + ' min'" },
  };
  return {
    name: 'time-in-zones',
    title: 'Time in zones',
    description: `The steps of ${STEP} s in which there are samples, by their mean rate; time without samples is in none.`,
    spec: vega({
      data: [rates, times],
      scales: [
        scale('x', 'linear', { data: 'times', field: 'minutes' }, { nice: true }),
        scale('y', 'band', { data: 'times', field: 'name' }, { reverse: true }),
        {
          name: 'colour',
          type: 'ordinal',
          domain: { data: 'times', field: 'zone' },
          range: { scheme: 'yelloworangered' },
        },
      ],
      axes: axes('minutes', 'bpm'),
      marks: [{ type: 'rect', from: { data: 'times' }, encode: { update: bar } }],
    }),
  };
}

/** What is below the first bound, and what each reaches up to. */
const names = (zones: readonly number[]) => [
  `< ${zones[0]}`,
  ...zones.map((from, at) => (zones[at + 1] === undefined ? `≥ ${from}` : `${from} – ${zones[at + 1]}`)),
];
