import { LiveHeartRateError } from '../errors.js';

/** What Node.js calls a failure of the network or of TLS. */
const NETWORK_CODE = /\b(E[A-Z]{4,}|(CERT|ERR_TLS|ERR_SSL)_[A-Z_]+|[A-Z_]+_CERT(IFICATE)?(_[A-Z_]+)?)\b/;

/** OpenSearch could not be reached, or refused a whole request. */
export class IndexUnavailableError extends LiveHeartRateError {
  /** The HTTP status of the answer; `undefined` where none came. */
  readonly status: number | undefined;
  /** Whether it did not answer in time. */
  readonly timedOut: boolean;

  /** @param cause - The error of the client. */
  constructor(cause: unknown) {
    const name = cause instanceof Error ? cause.name : 'Error';
    const { statusCode } = (cause ?? {}) as { statusCode?: unknown };
    const status = typeof statusCode === 'number' ? statusCode : undefined;
    // Of its text only that: it may hold what has been sent.
    const [code] = cause instanceof Error ? (NETWORK_CODE.exec(cause.message) ?? []) : [];
    const what = [name, code, status && `status ${status}`].filter(Boolean).join(', ');
    super(
      'INDEX_UNAVAILABLE',
      // Such as credentials that are missing, of which that says what to do.
      cause instanceof LiveHeartRateError
        ? cause.message
        : `OpenSearch did not take the request (${what}). Check that the endpoint is right, up, and lets this caller in.`,
      { cause: bare(cause), retriable: true },
    );
    this.status = status;
    this.timedOut = name === 'TimeoutError';
  }
}

/** Indices are in the way of what is to be prepared; the message says which, and what to do with them. */
export class IndexConflictError extends LiveHeartRateError {
  /** The names of the indices in the way. */
  readonly indices: readonly string[];

  /**
   * @param indices - Their names.
   * @param message - Why they are in the way, and what to do.
   */
  constructor(indices: readonly string[], message: string) {
    super('INDEX_CONFLICT', message);
    this.indices = indices;
  }
}

/** The client's errors hold the whole request, in which there are samples. */
function bare(cause: unknown): unknown {
  if (!(cause instanceof Error) || !('meta' in cause)) return cause;
  const { name, message, stack } = cause;
  return Object.assign(new Error(message), { name, stack });
}
