import { checkZones, ZONES } from '../sample/index.js';
import { chartObject } from './chart.js';
import { checkIndex, checkWhole } from './check.js';
import { lastHeartRate } from './last-heart-rate.js';
import { latency } from './latency.js';
import { poincare } from './poincare.js';
import type { SavedObject } from './saved-object.js';
import { sensors } from './sensors.js';
import { timeInZones } from './time-in-zones.js';

/** What the dashboard shows. */
export interface DashboardOptions {
  /** Name of the index of samples, or of its alias. Default `heart_rate`. */
  readonly index?: string;
  /** The heart rate at which a line is drawn, beats per minute, 1–65,535; give the monitor the same. Default 150. */
  readonly above?: number;
  /**
   * Where the second and each further zone begins, beats per minute, rising. Default 95, 114, 133, 152 and 171: 50, 60,
   * 70, 80 and 90 % of 190.
   */
  readonly zones?: readonly number[];
}

/** Width of a dashboard, and height of a panel, in its own units. */
const [WIDTH, HEIGHT] = [48, 15];

/**
 * A dashboard for OpenSearch Dashboards: the last heart rate of each 5 s as a line, the time in zones, the sensors, the
 * RR intervals as a Poincaré plot, and the latency from sensor to index. It shows the last 15 minutes and refreshes each 5 s.
 * Importing it again, with {@link toNdjson}, overwrites it. One of another index has ids of its own.
 *
 * @param options - Index, line and zones.
 * @returns The index pattern, the visualizations and the dashboard, which needs all the others.
 * @throws `InvalidArgumentError` where an option cannot be used.
 *
 * @example
 * ```ts
 * import { dashboards } from 'liveheartrate/serving';
 *
 * const [pattern] = dashboards({ above: 160, zones: [100, 120, 140, 160, 180] });
 * pattern?.attributes; // => { title: 'heart_rate', timeFieldName: 'timestamp' }
 * ```
 */
export function dashboards(options: DashboardOptions = {}): SavedObject[] {
  const { index = 'heart_rate', above = 150, zones = ZONES } = options;
  checkIndex(index);
  checkWhole('above', above, 1, 65_535);
  checkZones(zones);

  const id = (name: string) => `liveheartrate-${index}-${name}`;
  const pattern: SavedObject = {
    type: 'index-pattern',
    id: id('samples'),
    attributes: { title: index, timeFieldName: 'timestamp' },
    references: [],
    migrationVersion: { 'index-pattern': '7.6.0' },
  };
  const [line, ...others] = [
    lastHeartRate(index, above),
    timeInZones(index, zones),
    poincare(index),
    latency(index),
  ].map((chart) => chartObject(chart, id(chart.name)));
  const panels = [line, sensors(id('sensors'), pattern.id), ...others].filter((panel) => panel !== undefined);
  return [pattern, ...panels, dashboard(id('dashboard'), index, panels)];
}

/** The first panel in full width, the others in pairs below. */
function dashboard(id: string, index: string, panels: readonly SavedObject[]): SavedObject {
  const place = (at: number) => ({
    x: at === 0 ? 0 : ((at - 1) % 2) * (WIDTH / 2),
    y: Math.ceil(at / 2) * HEIGHT,
    w: at === 0 ? WIDTH : WIDTH / 2,
    h: HEIGHT,
    i: `${at}`,
  });
  const panel = (at: number) => ({
    version: '7.10.0',
    panelIndex: `${at}`,
    gridData: place(at),
    embeddableConfig: {},
    panelRefName: `panel_${at}`,
  });
  return {
    type: 'dashboard',
    id,
    attributes: {
      title: `Heart rate (${index})`,
      description: 'Heart rates as they arrive.',
      panelsJSON: JSON.stringify(panels.map((_, at) => panel(at))),
      optionsJSON: JSON.stringify({ useMargins: true, hidePanelTitles: false }),
      timeRestore: true,
      timeFrom: 'now-15m',
      timeTo: 'now',
      refreshInterval: { pause: false, value: 5_000 },
      hits: 0,
      version: 1,
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [] }),
      },
    },
    references: panels.map(({ type, id: its }, at) => ({ name: `panel_${at}`, type, id: its })),
    migrationVersion: { dashboard: '7.9.3' },
  };
}
