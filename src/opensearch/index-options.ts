import { InvalidArgumentError } from '../errors.js';
import { checkIndexName, type IndexNames, indexNames, type Rotation } from './index-names.js';

/** Where samples are: the same for the indexer and for what prepares the index for it. */
export interface IndexOptions {
  /** Name of the index, or of the alias of its parts. Default: the environment's `OPENSEARCH_INDEX`, else `heart_rate`. */
  readonly index?: string;
  /**
   * How many samples share an index: those of a `day` or a `month` of their own time (UTC), as in
   * `heart_rate-2026.11.23`, or `none` for a single one. Default: the environment's `OPENSEARCH_ROTATION`, else `day`.
   */
  readonly rotation?: Rotation;
  /**
   * Name of the index of what is no sample, or is refused for good. Default: the environment's
   * `OPENSEARCH_REJECTED_INDEX`, else the name of the index and `-rejected`.
   */
  readonly rejected?: string;
}

/**
 * The names that are meant.
 *
 * @throws `InvalidArgumentError` where one of them cannot be used.
 */
export function namesOf(options: IndexOptions): IndexNames & { readonly rotation: Rotation } {
  const { env } = process;
  // A template that leaves a variable empty means the default.
  const index = options.index ?? (env.OPENSEARCH_INDEX || 'heart_rate');
  const rotation = options.rotation ?? ((env.OPENSEARCH_ROTATION || 'day') as Rotation);
  const names = indexNames(index, rotation);
  const { rejected = env.OPENSEARCH_REJECTED_INDEX || undefined } = options;
  if (rejected === undefined) return { ...names, rotation };
  checkIndexName('rejected', rejected);
  if (rejected === index) {
    throw new InvalidArgumentError('rejected must be another index than that of samples.');
  }
  return { ...names, rotation, rejected };
}
