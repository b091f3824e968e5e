import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Check } from './check.js';

/** What only some commands need, and which. */
const packages = {
  duckdb: { name: '@duckdb/node-api', by: 'demo, query and plot' },
  kinesis: { name: '@aws-sdk/client-kinesis', by: '--kinesis' },
  firehose: { name: '@aws-sdk/client-firehose', by: '--firehose' },
  athena: { name: '@aws-sdk/client-athena', by: '--athena' },
  opensearch: { name: '@opensearch-project/opensearch', by: '--opensearch' },
  echarts: { name: 'echarts', by: 'plot' },
  resvg: { name: '@resvg/resvg-js', by: 'plot to a PNG' },
} as const;

/** Which of them are here; none of them is loaded. */
export function checkPackages(isHere = isInstalled): Check[] {
  return Object.entries(packages).map(([check, { name, by }]) =>
    isHere(name)
      ? { name: check as keyof typeof packages, state: 'ok', found: name }
      : {
          name: check as keyof typeof packages,
          state: 'optional',
          found: `not installed; for ${by}: npm install ${name}`,
        },
  );
}

/** Seen from this command. */
function isInstalled(name: string): boolean {
  const folders = createRequire(realpathSync(process.argv[1] ?? '.')).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name, 'package.json')));
}
