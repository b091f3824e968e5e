import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareOpenSearch, preparePython } from '../../../scripts/servers.mjs';
import { startMinistackPipeline } from '../ministack.ts';
import { startOpenSearch } from '../opensearch.ts';
import { root } from '../package/user-project.ts';
import { startServers, tellMissing } from '../start-servers.ts';

/** So long Firehose waits for further records: one batch that is sent without a pause shares a file. */
const BUFFER_SECONDS = 3;
/** What is deployed has names that somebody else's index may have. */
const OF_ITS_OWN = new Error('The pipeline is deployed with an OpenSearch of its own: unset OPENSEARCH_URL.');

/** Starts what the pipeline is deployed on. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(root, 'constructs', 'lib', 'index.js')))
    throw new Error('The constructs are not built yet: npm run build --workspace constructs');
  const [opensearch, aws] = await Promise.all([
    process.env.OPENSEARCH_URL ? notReady(OF_ITS_OWN) : prepareOpenSearch(console.error).catch(notReady),
    preparePython(console.error).catch(notReady),
  ]);
  tellMissing([opensearch, aws]);
  return startServers(project, {
    opensearch: { state: opensearch, start: startOpenSearch },
    aws: { state: aws, start: () => startMinistackPipeline(BUFFER_SECONDS) },
  });
}

const notReady = (error: Error) => ({ ready: false as const, reason: error.message });
