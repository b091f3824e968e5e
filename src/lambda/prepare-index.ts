import { indexMapping } from '../sample/index.js';
import { IndexUnavailableError } from './errors.js';

/** What {@link prepareIndex} needs of an OpenSearch client; the one of `@opensearch-project/opensearch` fits. */
export interface TemplateClient {
  /** The part of the client that knows indices. */
  readonly indices: {
    /**
     * Puts one index template.
     *
     * @param request - Its name and body.
     */
    putIndexTemplate(request: { name: string; body: Record<string, unknown> }): PromiseLike<unknown>;
  };
}

/** What a rejected document looks like: anything, of which only the reason is searched. */
const rejectedMapping = {
  dynamic: false,
  properties: {
    code: { type: 'keyword' },
    reason: { type: 'keyword', ignore_above: 1024 },
    place: { type: 'keyword' },
    payload: { type: 'keyword', index: false, doc_values: false },
  },
};

/**
 * Puts the index templates from which OpenSearch makes the index of samples and the index of what is none.
 * Idempotent; it touches no index that exists.
 *
 * @param client - The OpenSearch client.
 * @param index - Name of the index. Default `heart_rate`.
 * @throws {@link IndexUnavailableError} where OpenSearch does not take them.
 *
 * @example
 * ```ts no-run
 * import { Client } from '@opensearch-project/opensearch';
 * import { prepareIndex } from 'liveheartrate/lambda';
 *
 * await prepareIndex(new Client({ node: 'http://127.0.0.1:9200' }));
 * ```
 */
export async function prepareIndex(client: TemplateClient, index = 'heart_rate'): Promise<void> {
  const put = (name: string, priority: number, mappings: object) =>
    client.indices.putIndexTemplate({
      name,
      body: {
        index_patterns: [name],
        priority,
        // One node must be able to be green; a refresh interval that is set is kept while nobody searches.
        template: { settings: { number_of_replicas: 0, refresh_interval: '1s' }, mappings },
      },
    });
  try {
    await put(index, 100, indexMapping());
    await put(`${index}-rejected`, 101, rejectedMapping);
  } catch (error) {
    throw new IndexUnavailableError(error);
  }
}
