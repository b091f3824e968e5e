import { LiveHeartRateError } from '../errors.js';
import { DeliveryFailedError } from './errors.js';
import type { RecordResult, SinkRecord, SinkService } from './sink.js';
import { within } from './within.js';

/** How long one call may take, milliseconds. */
const SEND_TIMEOUT = 30_000;

/** What became of a call: an answer for each record, or an error for all. */
export type CallResult =
  | { readonly results: readonly RecordResult[] }
  | { readonly error: LiveHeartRateError };

/** Sends one batch within the deadline; never rejects. */
export async function sendBatch(
  service: SinkService,
  records: readonly SinkRecord[],
  abort: AbortController,
): Promise<CallResult> {
  try {
    const sent = Promise.resolve(service.send(records, abort.signal)).then((results) => ({ results }));
    const aborted = new Promise<undefined>((resolve) => {
      abort.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const answer = await within(SEND_TIMEOUT, Promise.race([sent, aborted]));
    if (answer === undefined)
      throw new DeliveryFailedError(`${service.name} did not answer within ${SEND_TIMEOUT} ms.`);
    const { results } = answer;
    if (!Array.isArray(results) || results.length !== records.length)
      throw new DeliveryFailedError(`${service.name} did not answer for each of ${records.length} records.`);
    return { results: results.map((result) => (result === undefined ? undefined : asError(result))) };
  } catch (error) {
    abort.abort();
    return { error: asError(error, service.name) };
  }
}

/** What somebody threw, as an error that says whether to try again: one of unknown kind is worth it. */
export function asError(error: unknown, name = 'The delivery'): LiveHeartRateError {
  if (error instanceof LiveHeartRateError) return error;
  // Not its message, which may hold what must not get into a log.
  const { name: kind = 'unknown' } = (error ?? {}) as Partial<Error>;
  return new DeliveryFailedError(`${name} failed (${kind}). The cause says more.`, { cause: error });
}
