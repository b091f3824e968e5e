import { type ErrorDetails, LiveHeartRateError } from '../errors.js';

/** The archive cannot be read or written. */
export class ArchiveError extends LiveHeartRateError {
  /**
   * @param message - What failed, and what to do.
   * @param details - The error below as `cause`, and whether a retry may help.
   */
  constructor(message: string, details: ErrorDetails = {}) {
    super('ARCHIVE_FAILED', message, details);
  }
}
