import { LiveHeartRateError } from '../errors.js';

/** OpenSearch could not be reached, or refused a whole request. */
export class IndexUnavailableError extends LiveHeartRateError {
  /** @param cause - The error of the client. */
  constructor(cause: unknown) {
    const name = cause instanceof Error ? cause.name : 'Error';
    const status = (cause as { statusCode?: unknown } | undefined)?.statusCode;
    super(
      'INDEX_UNAVAILABLE',
      `OpenSearch did not take the request (${name}${status ? `, status ${status}` : ''}). ` +
        'Check that the endpoint is right, up, and lets this caller in.',
      { cause, retriable: true },
    );
  }
}
