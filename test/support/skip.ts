import { describe, inject, type ProvidedContext } from 'vitest';
import type { Skipped } from './global-setup.ts';

type Name = 'opensearch' | 'alerting' | 'aws' | 'strap' | 'chromium';
type Got<Key extends Name> = { [K in Key]: Exclude<ProvidedContext[K], Skipped> };
type Describe = (title: string, body: () => void) => void;

/**
 * What a test file needs of the real servers, and a `describe` that runs, or skips and says why:
 * `const { describe, opensearch } = needs('opensearch');`
 */
export function needs<Key extends Name>(...names: Key[]): Got<Key> & { describe: Describe } {
  const context = names.map(
    (name) => [name, inject(name) ?? { skip: 'the servers were not started' }] as const,
  );
  const reasons = context.flatMap(([, value]) => ('skip' in value ? [value.skip] : []));
  const skipping: Describe = (title, body) => {
    describe.skip(`${title} (skipped: ${reasons.join(' ')})`, body);
  };
  // A skipped suite is still read through, so that its tests are counted: it gets an address that never answers.
  const values = context.map(([name, value]) => [
    name,
    'skip' in value ? { url: 'http://skipped.invalid' } : value,
  ]);
  return { ...(Object.fromEntries(values) as Got<Key>), describe: reasons.length > 0 ? skipping : describe };
}
