import { DeliveryFailedError, DeliveryRejectedError } from './errors.js';

/** Client faults that pass by themselves: throttling, clocks, and credentials that are refreshed. */
const PASSING =
  /Throttl|LimitExceeded|TooManyRequests|RequestTimeout|Expired|ThroughputExceeded|RequestTimeTooSkewed/;

/** What an SDK client throws that was never told where it is, or who. */
const NOT_CONFIGURED = /^CredentialsProviderError|^Error Region is missing/;

/** What of an AWS SDK error tells whether a retry may help. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly $fault?: 'client' | 'server';
  readonly $retryable?: unknown;
}

/**
 * Sorts an error of an AWS SDK client: a client fault stays until somebody changes something, so it is rejected
 * at once; everything else (server faults, resets, time-outs) is worth a retry.
 *
 * @param error - What a call of the client threw.
 * @param target - What was sent to, for people, such as `Kinesis stream rides`.
 */
export function fromAwsError(error: unknown, target: string): DeliveryFailedError | DeliveryRejectedError {
  const { name = 'Error', message = '', $fault, $retryable } = (error ?? {}) as Partial<SdkError>;
  const rejected =
    NOT_CONFIGURED.test(`${name} ${message}`) ||
    ($fault === 'client' && $retryable === undefined && !PASSING.test(name));
  if (!rejected)
    return new DeliveryFailedError(`${target} did not take the records (${name}).`, { cause: error });
  return new DeliveryRejectedError(`${target} refuses the records (${name}). ${remedy(name, message)}`, {
    cause: error,
  });
}

function remedy(name: string, message: string): string {
  if (message.startsWith('Region')) return 'Set AWS_REGION, or pass a client that knows its region.';
  if (name.startsWith('ResourceNotFound')) return 'Check its name and the region, or create it first.';
  if (/AccessDenied|Unrecognized|InvalidSignature|Credentials|Token/.test(name)) {
    return 'Check the credentials and that they are allowed to write to it.';
  }
  return 'See the cause.';
}
