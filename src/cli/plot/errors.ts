import { type ErrorDetails, LiveHeartRateError } from '../../errors.js';

/** A picture cannot be drawn. */
export class PlotError extends LiveHeartRateError {
  /**
   * @param message - Why, and what to do.
   * @param details - The error below as `cause`.
   */
  constructor(message: string, details: ErrorDetails = {}) {
    super('PLOT_FAILED', message, details);
  }
}
