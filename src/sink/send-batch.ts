import { LiveHeartRateError } from '../errors.js';
import { DeliveryFailedError } from './errors.js';
import type { RecordResult, SinkRecord, SinkService } from './sink.js';

/** How long one call may take, milliseconds. */
const SEND_TIMEOUT = 30_000;

/** The longest time that a timer takes, milliseconds: one that is longer goes off at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Sends one batch within the deadline; whatever goes wrong comes back as the result of each record. */
export async function sendBatch(
  service: SinkService,
  records: readonly SinkRecord[],
): Promise<readonly RecordResult[]> {
  const abort = new AbortController();
  try {
    const results = await within(SEND_TIMEOUT, service.send(records, abort.signal));
    if (results?.length === records.length) return results;
    throw new DeliveryFailedError(
      results === undefined
        ? `${service.name} did not answer within ${SEND_TIMEOUT} ms.`
        : `${service.name} answered for ${results.length} of ${records.length} records.`,
    );
  } catch (error) {
    abort.abort();
    return records.map(() => asError(error));
  }
}

/** The value of a promise, or `undefined` after so many milliseconds. */
export async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
): Promise<Value | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_TIMER), undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a service threw, as an error that says whether to try again: one of unknown kind is worth it. */
export function asError(error: unknown): LiveHeartRateError {
  if (error instanceof LiveHeartRateError) return error;
  return new DeliveryFailedError('The delivery failed for an unknown reason; see the cause.', {
    cause: error,
  });
}
