import { InvalidArgumentError } from '../errors.js';
import { INDEX_LATENCY, indexMapping } from '../sample/index.js';
import { ask, type TransportClient } from './ask.js';
import { IndexConflictError } from './errors.js';
import type { IndexNames } from './index-names.js';
import { type IndexOptions, namesOf } from './index-options.js';
import { type Lifecycle, lifecyclePolicy, putLifecycle } from './lifecycle.js';

/** How the index of samples is kept. */
export interface PrepareOptions extends IndexOptions {
  /**
   * Primary shards of each index of samples, 1–1,024. Default: what the server makes of it, which is 1. More than one is
   * for an index that outgrows some 50 GB, or for writing on several nodes at the same time.
   */
  readonly shards?: number;
  /**
   * Copies of each index beside the first. Default: one where there is a second node to hold it, else none, so that a
   * single node is healthy. OpenSearch Serverless takes care of that itself. A domain with standby wants a number that
   * fits its zones, such as 2.
   */
  readonly replicas?: number;
  /** How soon a document is found after it has been indexed, such as `1s`. Default `1s`. */
  readonly refreshInterval?: string;
  /**
   * How many days a sample is kept at least; its index is deleted when the last one in it is as old as that. Wants a
   * rotation. Rejected documents are never deleted. Default: everything is kept for ever.
   */
  readonly retention?: number;
}

/** What {@link prepareIndex} has done. */
export interface PreparedIndex {
  /** What became of the lifecycle policy. */
  readonly lifecycle: Lifecycle;
}

/** What a sample looks like, with what the indexer adds. */
function sampleMapping() {
  const { dynamic, properties } = indexMapping();
  return { dynamic, properties: { ...properties, [INDEX_LATENCY]: { type: 'long' } } };
}

/** What a rejected document looks like: anything, of which only what tells why is searched. */
const rejectedMapping = {
  dynamic: false,
  properties: {
    timestamp: { type: 'date' },
    code: { type: 'keyword' },
    reason: { type: 'keyword', ignore_above: 1024 },
    place: { type: 'keyword' },
    payload: { type: 'keyword', index: false, doc_values: false },
  },
};

/**
 * Puts the index templates from which OpenSearch makes the indices of samples and the one of what is none, and the
 * lifecycle policy that deletes old samples. Idempotent: a second call changes nothing, and one with other options
 * updates. Indices that exist keep their settings; a policy holds for them as well.
 *
 * @param client - The OpenSearch client.
 * @param options - Name, rotation, shards, replicas, refresh interval and retention.
 * @returns What became of the lifecycle policy. Without the plugin Index State Management, as in OpenSearch
 *   Serverless, that is `unavailable`, whatever the retention: everything else is prepared, but nothing will ever be
 *   deleted by itself.
 * @throws `InvalidArgumentError` where an option cannot be used.
 * @throws {@link IndexConflictError} where an index has the name of the alias, or has been made without the template.
 * @throws {@link IndexUnavailableError} where OpenSearch cannot be reached or does not take them.
 *
 * @example
 * ```ts no-run
 * import { openSearchClient, prepareIndex } from 'liveheartrate/opensearch';
 *
 * const { lifecycle } = await prepareIndex(openSearchClient(), { retention: 90 });
 * if (lifecycle === 'unavailable') console.warn('Nothing will be deleted after 90 days.');
 * ```
 */
export async function prepareIndex(
  client: TransportClient,
  options: PrepareOptions = {},
): Promise<PreparedIndex> {
  const { shards, replicas, refreshInterval = '1s', retention } = options;
  const names = namesOf(options);
  const { alias, rejected, rotation } = names;
  if (shards !== undefined && !(Number.isInteger(shards) && shards >= 1 && shards <= 1_024)) {
    throw new InvalidArgumentError('shards must be a whole number from 1 to 1,024.');
  }
  if (replicas !== undefined && !(Number.isInteger(replicas) && replicas >= 0)) {
    throw new InvalidArgumentError('replicas must be a whole number from 0.');
  }
  if (!/^(-1|\d+(ms|s|m|h|d))$/.test(refreshInterval)) {
    throw new InvalidArgumentError('refreshInterval must be a time such as 1s or 500ms, or -1 for never.');
  }
  if (retention !== undefined && !(Number.isInteger(retention) && retention >= 1)) {
    throw new InvalidArgumentError('retention must be a whole number of days from 1.');
  }
  if (retention !== undefined && rotation === 'none') {
    throw new InvalidArgumentError('retention wants a rotation: a single index would be deleted as a whole.');
  }

  const { existing, unprepared } = await look(client, names);
  const settings = {
    refresh_interval: refreshInterval,
    ...(replicas === undefined ? { auto_expand_replicas: '0-1' } : { number_of_replicas: replicas }),
  };
  const put = (name: string, patterns: readonly string[], priority: number, template: object) =>
    ask(client, {
      method: 'PUT',
      path: `/_index_template/${encodeURIComponent(name)}`,
      body: { index_patterns: patterns, priority, template },
    });
  await put(alias, names.patterns, names.priority, {
    settings: { ...settings, ...(shards !== undefined && { number_of_shards: shards }) },
    mappings: sampleMapping(),
    ...(rotation !== 'none' && { aliases: { [alias]: {} } }),
  });
  await put(rejected, [rejected], 100 + rejected.length, { settings, mappings: rejectedMapping });

  const policy =
    rotation === 'none' || retention === undefined ? undefined : lifecyclePolicy(names, rotation, retention);
  const lifecycle = await putLifecycle(client, names, policy, existing);
  if (unprepared.length > 0) throw withoutTemplate(unprepared, names);
  return { lifecycle };
}

interface Resolved {
  readonly indices: readonly { readonly name: string; readonly aliases?: readonly string[] }[];
}

/** What is there before. */
async function look(client: TransportClient, { alias, patterns }: IndexNames) {
  const rotates = !patterns.includes(alias);
  const resolve = async (name: string) => {
    const request = { method: 'GET', path: `/_resolve/index/${encodeURIComponent(name)}` };
    return (await ask<Resolved>(client, request, [404]))?.indices ?? [];
  };
  if (rotates && (await resolve(alias)).some(({ name }) => name === alias)) throw inPlaceOfAlias(alias);
  const indices = await resolve(patterns.join(','));
  const unprepared = indices.filter(({ aliases }) => rotates && !aliases?.includes(alias));
  return { existing: indices.length > 0, unprepared: unprepared.map(({ name }) => name) };
}

const inPlaceOfAlias = (alias: string) =>
  new IndexConflictError(
    [alias],
    `An index has the name ${alias}, which has to be the alias of the indices of each day or month. Keep it with ` +
      `rotation: 'none'; or copy it under another name with POST _reindex, put an alias in its place with one ` +
      'POST _aliases ({ add: the copy } and { remove_index: the index }), and prepare again.',
  );

const withoutTemplate = (indices: readonly string[], { alias }: IndexNames) =>
  new IndexConflictError(
    indices,
    `Everything is prepared, but ${indices.join(', ')} had been made before the template: what is in there is not ` +
      `found behind the alias ${alias}, and has other types. Copy each under another name with POST _reindex, delete ` +
      'it, copy it back, and delete the copy.',
  );
