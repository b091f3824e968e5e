import type { LatencyEvent } from '../../protocol.js';
import type { Board } from '../model/board.js';
import { type Choice, RANGES } from '../model/choice.js';
import type { Sensor } from '../model/sensor.js';
import { alertOf, shown } from '../model/shown.js';
import { figure, plural } from '../model/words.js';
import { toSecond } from './clock.js';
import { find, make, setData, setText } from './dom.js';

/** The name and the present rate of the chosen sensor, its alert, and how quick the speed layer is. */
export function renderDetail(sensor: Sensor, board: Board, now: number): void {
  const { state, rate, note } = shown(sensor, board, now);
  find('detail').hidden = false;
  setText(find('chosen-name'), sensor.name);
  const parts = [rate === undefined ? '' : `${rate} bpm`, state, note].filter((part) => part !== '');
  setText(find('chosen-now'), parts.join(' · '));
  setData(find('chosen-now'), 'state', state);

  const alert = alertOf(sensor, board);
  setData(find('alert'), 'raised', String(alert !== undefined));
  const raised = alert && `Raised at ${toSecond(Date.parse(alert.time))} with ${alert.heart_rate} bpm.`;
  setText(
    find('alert-state'),
    raised ?? (board.link === 'open' ? 'Not raised.' : 'Not known without a connection.'),
  );
  const rule = board.hello?.alert;
  setText(find('alert-rule'), rule ? `From ${rule.above} bpm on; cleared only below ${rule.below} bpm.` : '');
  const { latency } = board;
  const known = latency ? quickness(latency) : 'Not known yet.';
  setText(find('latency'), board.link === 'open' ? known : 'Not known without a connection.');
  const dropped = latency?.dropped ?? 0;
  setText(
    find('dropped'),
    dropped > 0
      ? `${plural(dropped, 'sample')} shown here could not be stored, and will be missing later.`
      : '',
  );
}

function quickness({ samples, p50, p99 }: LatencyEvent): string {
  if (samples === 0) return 'Nothing was indexed in the last minute.';
  return `p50 ${milliseconds(p50)} · p99 ${milliseconds(p99)} · ${plural(samples, 'sample')}`;
}

const milliseconds = (value: number): string => `${value < 10 ? figure(value) : Math.round(value)} ms`;

/** The buttons that say how much the charts show. */
export function makeRanges(
  choose: (minutes: Choice['minutes']) => void,
): (chosen: Choice['minutes']) => void {
  const inputs = RANGES.map((minutes) => {
    const input = make('input', 'unseen');
    Object.assign(input, { type: 'radio', name: 'minutes', onchange: () => choose(minutes) });
    find('ranges').append(make('label', '', input, minutes === 60 ? '1 h' : `${minutes} min`));
    return { input, minutes };
  });
  return (chosen) => {
    for (const { input, minutes } of inputs) if (minutes === chosen) input.checked = true;
  };
}
