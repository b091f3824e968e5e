import { follow } from './feed.js';
import { renderInFrames } from './frames.js';
import { Board } from './model/board.js';
import { Elapsed } from './model/elapsed.js';
import { shown } from './model/shown.js';
import { find, setData, setText } from './view/dom.js';

const elapsed = new Elapsed(
  () => performance.now(),
  () => Date.now(),
);
const now = () => elapsed.now();
const board = new Board(now);
const words = new URLSearchParams(location.search);
const [wanted, color, size] = [words.get('sensor'), words.get('color'), Number(words.get('size'))];

const overlay = find('overlay');
if (color && CSS.supports('color', color)) overlay.style.color = color;
if (size > 0) overlay.style.fontSize = `${size}px`;

const changed = renderInFrames(render);
follow(board, now, { changed, opened: changed });

function render(): void {
  const sensor = wanted
    ? board.sensors.find(({ id, name }) => name === wanted || id === wanted)
    : board.sensors[0];
  const { state, rate } = sensor ? shown(sensor, board, now()) : { state: 'waiting', rate: undefined };
  setData(overlay, 'state', rate === undefined && state === 'live' ? 'no beat' : state);
  setText(find('number'), rate === undefined ? '–' : String(rate));
  // The heart beats as quickly as the one it is of.
  if (rate !== undefined) overlay.style.setProperty('--beat', `${(60 / rate).toFixed(2)}s`);
}
