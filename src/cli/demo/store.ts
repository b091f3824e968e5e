import { MissingDependencyError } from '../../errors.js';
import { type LocalPipeline, startLocalPipeline } from '../../local/index.js';

/** Starts the pipeline, into OpenSearch where one is given, else into memory. */
export async function startPipeline(directory: string, endpoint: string | undefined): Promise<LocalPipeline> {
  if (endpoint === undefined) return startLocalPipeline({ directory });
  const { openSearchClient, prepareIndex } = await import('../../opensearch/index.js').catch(
    (cause: unknown) => {
      throw new MissingDependencyError(
        'OpenSearch needs its client: npm install @opensearch-project/opensearch',
        { cause },
      );
    },
  );
  const client = openSearchClient({ endpoint });
  await prepareIndex(client);
  return startLocalPipeline({ directory, client });
}
