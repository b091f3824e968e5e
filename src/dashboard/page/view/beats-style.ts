import type { ChartStyle } from './chart.js';

const STEP = 100;
const MARGIN = 20;
const LEAST = 300;

/** The tachogram: RR intervals over time. */
export const beatsStyle: ChartStyle = {
  color: 'beats',
  range(low, high) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return [400, 1_200];
    const from = Math.max(0, Math.floor((low - MARGIN) / STEP) * STEP);
    return [from, Math.max(Math.ceil((high + MARGIN) / STEP) * STEP, from + LEAST)];
  },
};
