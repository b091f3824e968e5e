import uPlot from 'uplot';
import type { ViewWindow } from '../model/view-window.js';
import { toMinute, toSecond } from './clock.js';
import { colors, onColors } from './palette.js';

/** What one chart is like. */
export interface ChartStyle {
  readonly color: 'heart' | 'beats';
  /** The bounds of the scale for the lowest and the highest value. */
  readonly range: (low: number, high: number) => [number, number];
  /** Draws behind everything. */
  readonly behind?: (plot: uPlot) => void;
  /** Draws between the grid and the line. */
  readonly between?: (plot: uPlot) => void;
}

const FONT = '12px system-ui, sans-serif';
const LINE_WIDTH = 2;
/** Seconds between two labels of the time. */
const STEPS = [10, 15, 30, 60, 120, 300, 600, 900];

/** A line over time that moves to the left. It is drawn only while it can be seen. */
export class Chart {
  readonly #host: HTMLElement;
  readonly #style: ChartStyle;
  #size: DOMRectReadOnly | undefined;
  #plot: uPlot | undefined;
  #span: [number, number] = [0, 1];
  #drawn = '';
  #seen = true;

  constructor(host: HTMLElement, style: ChartStyle) {
    this.#host = host;
    this.#style = style;
    const fit = (entries: ResizeObserverEntry[]) => {
      const size = entries.at(-1)?.contentRect;
      if (!size || size.width === 0 || size.height === 0) return;
      this.#size = size;
      this.#plot?.setSize(size);
    };
    const see = (entries: IntersectionObserverEntry[]) => {
      this.#seen = entries.at(-1)?.isIntersecting ?? true;
    };
    new ResizeObserver(fit).observe(host);
    new IntersectionObserver(see, { rootMargin: '200px' }).observe(host);
    onColors(() => this.#plot?.redraw());
  }

  /**
   * Makes the plot once its size is known, so that nothing is laid out for that alone.
   *
   * @returns Whether it was made just now: that takes so long that the frame is to have nothing else.
   */
  make(): boolean {
    if (this.#plot || !this.#size) return false;
    this.#plot = new uPlot(this.#options(this.#size), [[], []], this.#host);
    return true;
  }

  /**
   * Whether drawing a span of time, milliseconds, would change a pixel that can be seen.
   *
   * @param version - Another one where the values are others.
   */
  needs(version: string, [from, to]: readonly [number, number]): boolean {
    if (!this.#plot || this.#drawn === '') return this.#plot !== undefined;
    const moved = ((to / 1_000 - this.#span[1]) / ((to - from) / 1_000)) * this.#plot.width;
    return this.#seen && (version !== this.#drawn || moved >= 1);
  }

  /** Draws it. */
  draw(version: string, [from, to]: readonly [number, number], { x, y }: ViewWindow): void {
    this.#drawn = version;
    this.#span = [from / 1_000, to / 1_000];
    this.#plot?.setData([x, y]);
  }

  #options({ width, height }: DOMRectReadOnly): uPlot.Options {
    const { color, range, behind, between } = this.#style;
    return {
      ...{ width, height, padding: [8, 12, 0, 0], legend: { show: false }, cursor: { show: false } },
      scales: { x: { range: () => this.#span }, y: { range: (_, low, high) => range(low, high) } },
      series: [
        {},
        {
          stroke: () => colors()[color],
          fill: () => colors()[`${color}-area`],
          width: LINE_WIDTH,
          points: { show: true, size: 5, width: 0, fill: () => colors()[color], filter: alone },
        },
      ],
      axes: [
        { ...axis(), space: 84, size: 26, gap: 4, incrs: STEPS, values: (_, times) => labels(times) },
        { ...axis(), space: 36, size: 44 },
      ],
      hooks: { drawClear: [(plot) => behind?.(plot)], drawAxes: [(plot) => between?.(plot)] },
    };
  }
}

const axis = (): uPlot.Axis => ({
  font: FONT,
  stroke: () => colors().quiet,
  grid: { stroke: () => colors().line, width: 1 },
  ticks: { show: false },
});

const labels = (times: number[]): string[] => {
  const whole = times.every((time) => time % 60 === 0);
  return times.map((time) => (whole ? toMinute : toSecond)(time * 1_000));
};

/** What has no neighbour has no line either: it is drawn as a point. */
function alone(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  const found: number[] = [];
  for (let at = 0; at < values.length; at++) {
    if (values[at] != null && values[at - 1] == null && values[at + 1] == null) found.push(at);
  }
  return found;
}
