import { type LocalPipeline, startLocalPipeline } from '../../local/index.js';
import { needing, OPENSEARCH } from '../needed.js';

/** Starts the pipeline, into OpenSearch where one is given, else into memory. */
export async function startPipeline(directory: string, endpoint: string | undefined): Promise<LocalPipeline> {
  if (endpoint === undefined) return startLocalPipeline({ directory });
  const { openSearchClient, prepareIndex } = await needing(
    OPENSEARCH,
    () => import('../../opensearch/index.js'),
  );
  const client = openSearchClient({ endpoint });
  await prepareIndex(client);
  return startLocalPipeline({ directory, client });
}
