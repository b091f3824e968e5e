import type { ArchiveQueryOptions } from '../../sample/index.js';
import type { Answer } from './answer.js';

/** An archive that answers questions in SQL. */
export interface Source {
  /** Its words, and the table that is meant. */
  readonly catalogue: Required<Pick<ArchiveQueryOptions, 'dialect' | 'table' | 'dayFormat'>>;
  /**
   * Asks.
   *
   * @param sql - One SELECT.
   * @param values - What each `?` stands for.
   */
  ask(sql: string, values: readonly string[]): Promise<Answer>;
  /** Lets go of it. */
  close(): Promise<void>;
}

/** What a source may need while it works. */
export interface Work {
  /** Aborted when somebody wants no answer any more. */
  readonly signal: AbortSignal;
  /** Shows how far it is. */
  readonly progress: (text: string) => void;
}
