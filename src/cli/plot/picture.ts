import type { EChartsOption } from 'echarts';
import type { Line } from './lines.js';
import { ticksOf } from './ticks.js';

/** What is drawn. */
export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly Line[];
  /** From when to when, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Lowest and highest rate. */
  readonly minimum: number;
  readonly maximum: number;
  /** Where each zone but the first begins. */
  readonly zones: readonly number[];
  readonly timeZone: string;
}

/** Pixels. */
export const SIZE = { width: 1200, height: 600 };
const GRID = { left: 80, right: 80, top: 90, bottom: 90 };
/** So many points of a line can be told apart. */
export const COLUMNS = SIZE.width - GRID.left - GRID.right;
const MOST_TICKS = 12;

/** From easy to hard, light enough for the line to stand out. */
const BANDS = ['#eef2f5', '#e0edf8', '#dff1e3', '#fdf3d0', '#fbe3cd', '#f8d7d7'];
const LINES = ['#b3122e', '#1f5fa8', '#1d7a43', '#7b3fa0', '#8a5a00', '#33606b'];
const INK = '#333333';
/** What draws a PNG takes the first of these that is there. */
const FONTS = 'Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif';

/** The picture in the words of the library that draws it. */
export function optionOf(picture: Picture): EChartsOption {
  const { from, to, timeZone, lines } = picture;
  const [lowest, highest] = [floorTo10(picture.minimum - 5), floorTo10(picture.maximum + 15)];
  // A single sample has no width.
  const [start, end] = from === to ? [from - 1_000, to + 1_000] : [from, to];
  const ticks = ticksOf(start, end, timeZone, MOST_TICKS);
  const labels = new Map(ticks.map(({ at, label }) => [at, label]));
  const customValues = [...labels.keys()];
  const text = { color: INK, fontFamily: FONTS, fontSize: 13 };
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: text,
    title: {
      text: picture.title,
      subtext: picture.subtitle,
      left: GRID.left,
      top: 14,
      // The legend is beside it.
      textStyle: {
        ...text,
        fontSize: 18,
        width: lines.length > 1 ? COLUMNS / 2 : COLUMNS,
        overflow: 'truncate',
      },
      subtextStyle: { ...text, width: COLUMNS, overflow: 'truncate' },
    },
    legend: {
      show: lines.length > 1 && lines.length <= LINES.length,
      right: GRID.right,
      top: 18,
      type: 'plain',
      itemGap: 24,
      textStyle: text,
    },
    grid: GRID,
    xAxis: {
      type: 'value',
      min: start,
      max: end,
      name: `time, ${timeZone}`,
      nameLocation: 'middle',
      nameGap: 52,
      axisLine: { onZero: false },
      axisTick: { show: true, customValues },
      axisLabel: { ...text, customValues, formatter: (value: number) => labels.get(value) ?? '' },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: Math.max(0, lowest),
      max: highest,
      name: 'heart rate, beats per minute',
      nameLocation: 'middle',
      nameGap: 45,
      axisLabel: text,
      splitLine: { lineStyle: { color: '#00000014' } },
    },
    series: lines.map(({ name, points }, at) => ({
      type: 'line',
      name: lines.length > 1 ? `${at + 1} ${name}` : name,
      color: LINES[at % LINES.length] ?? INK,
      lineStyle: { width: 1.5 },
      // A point between two gaps is no line.
      data: points.map((point, place) => ({
        value: [...point],
        symbolSize: points[place - 1]?.[1] == null && points[place + 1]?.[1] == null ? 4 : 0,
      })),
      symbol: 'circle',
      showAllSymbol: true,
      connectNulls: false,
      ...(at === 0 && { markArea: bands(picture.zones, Math.max(0, lowest), highest) }),
    })),
  };
}

/** A band for each zone that can be seen, and its number. */
function bands(zones: readonly number[], lowest: number, highest: number) {
  const bounds = [0, ...zones, Number.POSITIVE_INFINITY];
  return {
    silent: true,
    label: { position: 'right' as const, color: '#555555', fontFamily: FONTS, fontSize: 12 },
    data: bounds.slice(0, -1).flatMap((bound, zone) => {
      const [bottom, top] = [Math.max(bound, lowest), Math.min(bounds[zone + 1] ?? 0, highest)];
      if (bottom >= top) return [];
      const itemStyle = { color: BANDS[Math.min(zone, BANDS.length - 1)] ?? INK };
      return [[{ name: `zone ${zone}`, yAxis: bottom, itemStyle }, { yAxis: top }] as [object, object]];
    }),
  };
}

const floorTo10 = (rate: number) => Math.floor(rate / 10) * 10;
