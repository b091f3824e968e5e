import { DeliveryFailedError, DeliveryRejectedError, DeliveryThrottledError } from './errors.js';
import type { RecordResult } from './sink.js';

/** Client faults that pass by themselves: clocks, and credentials that are refreshed. */
const PASSING = /RequestTimeout|Expired|RequestTimeTooSkewed/;

/** What an SDK client throws that was never told where it is, or who. */
const NOT_CONFIGURED = /^CredentialsProviderError|^Error Region is missing/;

/** What of an AWS SDK error tells whether a retry may help. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly $fault?: 'client' | 'server';
  readonly $retryable?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** What a service says that is sent more than it takes, of a call or of one record. */
const THROTTLED = /Throttl|ThroughputExceeded|LimitExceeded|TooManyRequests|SlowDown|^ServiceUnavailable/;

/** Something that has a region, as every client of the AWS SDK has. */
interface Regional {
  readonly config: { readonly region: () => Promise<string> };
}

/**
 * Sorts an error of an AWS SDK client: a client fault stays until somebody changes something, so it is rejected
 * at once; everything else (throttling, server faults, resets, time-outs) is worth a retry.
 *
 * @param error - What a call of the client threw.
 * @param name - What was sent to, for people, such as `Kinesis stream rides`.
 * @param client - The client, for its region.
 */
export async function fromAwsError(
  error: unknown,
  name: string,
  client: Regional,
): Promise<DeliveryFailedError | DeliveryRejectedError | DeliveryThrottledError> {
  const { name: fault = 'Error', message = '', $fault, $retryable } = (error ?? {}) as Partial<SdkError>;
  const region = await client.config.region().catch(() => undefined);
  const target = region === undefined ? name : `${name} in ${region}`;
  const details = { cause: error };
  if (THROTTLED.test(fault))
    return new DeliveryThrottledError(`${target} takes no more now (${fault}).`, details);
  if (NOT_CONFIGURED.test(`${fault} ${message}`))
    return new DeliveryRejectedError(`${target} cannot be called. ${remedy(fault, message)}`, details);
  const rejected = $fault === 'client' && $retryable === undefined && !PASSING.test(fault);
  if (!rejected) return new DeliveryFailedError(`${target} did not take the records (${fault}).`, details);
  return new DeliveryRejectedError(
    `${target} refuses the records (${fault}). ${remedy(fault, message)}`,
    details,
  );
}

/** The answer for one record of a call that was taken in part. */
export function fromRecordError(code: string | undefined, name: string): RecordResult {
  if (code === undefined) return undefined;
  return THROTTLED.test(code)
    ? new DeliveryThrottledError(`${name} takes no more now (${code}).`)
    : new DeliveryFailedError(`${name} did not take a record (${code}).`);
}

function remedy(name: string, message: string): string {
  if (message.startsWith('Region')) return 'Set AWS_REGION, or pass a client that knows its region.';
  if (name.startsWith('ResourceNotFound')) return 'Check its name and the region, or create it first.';
  if (/AccessDenied|Unrecognized|InvalidSignature|Credentials|Token/.test(name)) {
    return 'Check the credentials and that they are allowed to write to it.';
  }
  return 'See the cause.';
}

/** Whether a new client could help: one keeps credentials that do not say when they end, and another reads those of now. */
export const isExpired = (error: unknown): boolean =>
  /Expired/.test((error as Error | undefined)?.name ?? '');

/** Whether no answer has come: a connection that is dead without having been closed would take the next call, too. */
export const isUnanswered = (error: unknown): boolean =>
  (error as Partial<SdkError> | undefined)?.$metadata?.httpStatusCode === undefined;
