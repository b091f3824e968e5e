import type { Board } from '../model/board.js';
import type { Sensor } from '../model/sensor.js';
import type { Series } from '../model/series.js';
import { emptyWindow, fill, type ViewWindow } from '../model/view-window.js';
import { inWords } from '../model/words.js';
import { beatsStyle } from './beats-style.js';
import { Chart } from './chart.js';
import { find, setText } from './dom.js';
import { rateStyle } from './rate-style.js';

const MINUTE = 60_000;

/** The charts of the chosen sensor, and what they show in words. */
export class Charts {
  readonly #board: Board;
  readonly #charts: { rate: Chart; beats: Chart };
  readonly #windows = { rate: emptyWindow(), beats: emptyWindow() };
  readonly #told = { rate: '', beats: '' };
  #sensor: Sensor | undefined;
  #merges = 0;

  constructor(board: Board) {
    this.#board = board;
    this.#charts = {
      rate: new Chart(find('rate-chart'), rateStyle(board)),
      beats: new Chart(find('beats-chart'), beatsStyle),
    };
  }

  /** @returns Whether some are left for the next frame. */
  render(sensor: Sensor, minutes: number, now: number): boolean {
    if (this.#charts.rate.make() || this.#charts.beats.make()) return true;
    // Simulated time may be ahead of the server's.
    const to = Math.max(this.#board.serverTime(now) + sensor.skew, sensor.last?.time ?? 0);
    const span = [to - minutes * MINUTE, to] as const;
    this.#draw('rate', sensor, sensor.rates, span, minutes);
    // A history takes long to draw. What is there of the same sensor is still true: the beats wait for the next frame.
    const isLeft = sensor.merges !== this.#merges && (!this.#sensor || sensor === this.#sensor);
    this.#sensor = sensor;
    this.#merges = sensor.merges;
    if (!isLeft) this.#draw('beats', sensor, sensor.beats, span, minutes);
    return isLeft;
  }

  #draw(
    which: 'rate' | 'beats',
    { id, last, merges }: Sensor,
    series: Series,
    span: readonly [number, number],
    minutes: number,
  ): void {
    const [chart, window] = [this.#charts[which], this.#windows[which]];
    // What comes at the end is drawn as it moves: in an hour a second is less than a pixel.
    const drawing = `${id} ${minutes} ${merges} ${series.length === 0} ${this.#board.hello?.started}`;
    const isDrawn = chart.needs(drawing, span);
    // With each second something may have left the span.
    const text = `${drawing} ${last?.time} ${Math.floor(span[1] / 1_000)}`;
    const isNew = text !== this.#told[which];
    if (!isNew && !isDrawn) return;
    fill(window, series, ...span);
    if (isDrawn) chart.draw(drawing, span, window);
    if (!isNew) return;
    // Those who listen do not scroll to where it is drawn.
    this.#told[which] = text;
    setText(find(`${which}-text`), sentence(window, minutes, which === 'rate' ? 'bpm' : 'ms'));
  }
}

function sentence(window: ViewWindow, minutes: number, unit: string): string {
  const what = minutes === 1 ? 'Last minute' : minutes === 60 ? 'Last hour' : `Last ${minutes} minutes`;
  return Number.isFinite(window.low) ? inWords(what, { ...window, unit }) : `${what}: nothing`;
}
