import type uPlot from 'uplot';
import type { Board } from '../model/board.js';
import { colorOfZone } from '../model/zone.js';
import type { ChartStyle } from './chart.js';
import { colors } from './palette.js';

/** Beats per minute that are shown at least, and beyond the lowest and the highest. */
const LEAST = 40;
const MARGIN = 5;
const NEAR = 20;
const STEP = 10;
const ZONE_ALPHA = 0.1;
const DASHES = [4, 4];

/** The chart of the rate: in front of its zones, with a line where the alert is. */
export function rateStyle(board: Board): ChartStyle {
  return {
    color: 'heart',
    range(low, high) {
      if (!Number.isFinite(low) || !Number.isFinite(high)) return [40, 120];
      const above = board.hello?.alert.above ?? Number.POSITIVE_INFINITY;
      const top = above - high < NEAR ? Math.max(high, above) : high;
      const to = Math.ceil((top + MARGIN) / STEP) * STEP;
      return [Math.max(0, Math.min(Math.floor((low - MARGIN) / STEP) * STEP, to - LEAST)), to];
    },
    behind(plot) {
      const zones = board.hello?.zones ?? [];
      for (const [zone, from] of [0, ...zones].entries()) band(plot, zone, from, zones[zone] ?? 1_000);
    },
    between(plot) {
      if (board.hello) line(plot, board.hello.alert.above);
    },
  };
}

function band(plot: uPlot, zone: number, from: number, to: number): void {
  const { ctx, bbox } = plot;
  const [top, bottom] = [to, from].map((rate) => yOf(plot, rate)) as [number, number];
  if (bottom <= top) return;
  ctx.save();
  ctx.globalAlpha = ZONE_ALPHA;
  ctx.fillStyle = colors().zones[colorOfZone(zone)] ?? '';
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}

function line(plot: uPlot, rate: number): void {
  const { ctx, bbox, scales } = plot;
  if (rate > (scales.y?.max ?? 0)) return;
  const y = yOf(plot, rate);
  ctx.save();
  ctx.strokeStyle = colors().alert;
  ctx.setLineDash(DASHES.map((length) => length * devicePixelRatio));
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** Where a rate is on the canvas, or the edge that is next to it. */
const yOf = (plot: uPlot, rate: number): number =>
  Math.min(Math.max(plot.valToPos(rate, 'y', true), plot.bbox.top), plot.bbox.top + plot.bbox.height);
