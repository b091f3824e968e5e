import { parse, type Spec, View } from 'vega';
import type { VegaSpec } from './dashboards.js';

/** Draws a specification without a screen, with answers of the server in place of its searches. */
export async function draw(spec: VegaSpec, answers: readonly unknown[]) {
  const left = [...answers];
  const data = spec.data.map(({ url, ...rest }) => (url ? { ...rest, values: left.shift() } : rest));
  const warnings: unknown[] = [];
  const view = new View(parse({ width: 600, height: 300, ...spec, data } as Spec), { renderer: 'none' });
  view.logger({
    level: () => view as never,
    error: (...words) => warnings.push(words) as never,
    warn: (...words) => warnings.push(words) as never,
    info: () => view as never,
    debug: () => view as never,
  });
  await view.runAsync();
  const svg = await view.toSVG();
  return {
    /** Rows of a table, with the fields of interest. */
    rows: (name: string, ...fields: string[]) =>
      view.data(name).map((row: Record<string, unknown>) => fields.map((field) => row[field])),
    svg,
    warnings,
  };
}
