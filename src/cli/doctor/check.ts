import type { Paint } from '../colour.js';

/** What one look at this machine has shown. */
export interface Check {
  /** What was looked at. */
  readonly name: keyof typeof names;
  /** Whether it is as it has to be; `skipped` where what it needs has failed, `optional` where only some commands need it. */
  readonly state: 'ok' | 'failed' | 'skipped' | 'optional';
  /** What is there. */
  readonly found: string;
  /** What to do; only where it has failed. */
  readonly remedy?: string;
}

const marks = { ok: '✔', failed: '✘', skipped: '–', optional: '–' };
const colours = { ok: 'green', failed: 'red', skipped: 'yellow', optional: 'dim' } as const;
const names = {
  node: 'Node.js',
  platform: 'platform',
  noble: 'noble',
  permission: 'permission',
  adapter: 'adapter',
  straps: 'straps',
  duckdb: 'DuckDB',
  kinesis: 'Kinesis',
  firehose: 'Firehose',
  athena: 'Athena',
  opensearch: 'OpenSearch',
  echarts: 'Pictures',
  resvg: 'PNG',
  aws: 'AWS',
};

/** A check for people, in one line or two. */
export function describeCheck(
  { name, state, found, remedy }: Check,
  paint: Paint = (_, text) => text,
): string {
  const line = `${paint(colours[state], marks[state])} ${names[name].padEnd(12)}${found}`;
  return remedy === undefined ? line : `${line}\n  → ${remedy}`;
}
