/** What one look at this machine has shown. */
export interface Check {
  /** What was looked at. */
  readonly name: 'node' | 'platform' | 'noble' | 'permission' | 'adapter' | 'straps';
  /** Whether it is as it has to be; `skipped` where what it needs has failed. */
  readonly state: 'ok' | 'failed' | 'skipped';
  /** What is there. */
  readonly found: string;
  /** What to do; only where it has failed. */
  readonly remedy?: string;
}

const marks = { ok: '✔', failed: '✘', skipped: '–' };
const names = {
  node: 'Node.js',
  platform: 'platform',
  noble: 'noble',
  permission: 'permission',
  adapter: 'adapter',
  straps: 'straps',
};

/** A check for people, in one line or two. */
export function describeCheck({ name, state, found, remedy }: Check): string {
  const line = `${marks[state]} ${names[name].padEnd(12)}${found}`;
  return remedy === undefined ? line : `${line}\n  → ${remedy}`;
}
