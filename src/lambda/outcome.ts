import type { BulkItem } from './bulk-client.js';

/**
 * What became of one document: `created`; a `duplicate` of one that is there; `refused` for good; `busy`, so that the
 * same may be taken soon; or `blocked` by some trouble of the index that somebody has to mend.
 */
export type Outcome = 'created' | 'duplicate' | 'refused' | 'busy' | 'blocked';

/** Statuses that tell of the caller or of the index, not of the document. */
const BLOCKED_STATUSES = [401, 403, 404, 405];
/** The same, which OpenSearch answers with status 400. */
const BLOCKED_TYPES =
  /^(index_closed|index_not_found|cluster_block|security|invalid_index_name|invalid_alias_name|validation|process_cluster_event_timeout)_exception$/;
/** An alias of several indices, or the name of a data stream: only the reason tells it from a document's fault. */
const BLOCKED_REASON = /^(no write index is defined|alias \[|only write ops)/i;

/** What one item of an answer means. */
export function outcomeOf({ status, error }: BulkItem): Outcome {
  if (status < 300) return 'created';
  if (status === 409) return 'duplicate';
  if (status === 429 || status >= 500) return 'busy';
  if (BLOCKED_STATUSES.includes(status) || BLOCKED_TYPES.test(error?.type ?? '')) return 'blocked';
  if (error?.type === 'illegal_argument_exception' && BLOCKED_REASON.test(error.reason ?? ''))
    return 'blocked';
  return 'refused';
}

/** The reason in a word, without values. */
export const reasonOf = ({ status, error }: BulkItem): string =>
  `${status} ${error?.type.slice(0, 64) ?? 'unknown'}`;
