import { follow } from './feed.js';
import { renderInFrames } from './frames.js';
import { historyOf } from './history.js';
import { Board } from './model/board.js';
import { type Choice, choiceOf, hashOf } from './model/choice.js';
import { Elapsed } from './model/elapsed.js';
import { Summaries } from './summary.js';
import { Announcer } from './view/announcer.js';
import { Cards } from './view/cards.js';
import type { Charts } from './view/charts.js';
import { makeRanges, renderDetail } from './view/detail.js';
import { find } from './view/dom.js';
import { renderFrame } from './view/frame.js';
import { SummaryView } from './view/summary-view.js';

const elapsed = new Elapsed(
  () => performance.now(),
  () => Date.now(),
);
const now = () => elapsed.now();
const board = new Board(now);

let choice = choiceOf(location.hash);
/** Nobody has chosen: what was the first stays it, whoever comes later. */
let first: string | undefined;
const choose = (next: Partial<Choice>) => {
  choice = { ...choice, ...next };
  history.replaceState(null, '', hashOf(choice));
  changed();
};

const cards = new Cards(find('cards'), (sensor) => choose({ sensor }));
const showRange = makeRanges((minutes) => choose({ minutes }));
const summaryView = new SummaryView();
const announcer = new Announcer(find('announcements'));
const changed = renderInFrames(render);
const summaries = new Summaries(changed);
const askHistory = historyOf(board, changed);

addEventListener('hashchange', () => {
  choice = choiceOf(location.hash);
  changed();
});
// The numbers do not wait for them.
let charts: Charts | undefined;
import('./view/charts.js').then(({ Charts }) => {
  charts = new Charts(board);
  changed();
});
follow(board, now, { changed, opened: askHistory });

function render(): void {
  const at = now();
  renderFrame(board);
  first ??= board.sensors[0]?.id;
  const sensor = board.sensor(choice.sensor ?? '') ?? board.sensor(first ?? '');
  // A frame is short: what it has no time for is in the next one.
  if (cards.render(board, at, sensor)) {
    changed();
    return;
  }
  announcer.render(board, at);
  showRange(choice.minutes);
  if (!sensor) return;
  renderDetail(sensor, board, at);
  if (charts?.render(sensor, choice.minutes, at)) changed();
  if (sensor.last && board.link === 'open') summaries.want(sensor.last.session, at);
  summaryView.render(summaries.answer, board.hello?.zones ?? []);
}
