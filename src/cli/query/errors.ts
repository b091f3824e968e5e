import { type ErrorDetails, LiveHeartRateError } from '../../errors.js';

/** A question was not answered. */
export class QueryError extends LiveHeartRateError {
  /**
   * @param message - Why, and what to do.
   * @param details - The error below as `cause`, and whether a retry may help.
   */
  constructor(message: string, details: ErrorDetails = {}) {
    super('QUERY_FAILED', message, details);
  }
}
