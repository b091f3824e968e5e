import type { LiveHeartRateError } from '../../errors.js';
import { BufferOverflowError, DeliveryFailedError } from '../../sink/index.js';

/** What the demonstration ends with where samples were shown that are not stored. */
export function lossOf(dropped: number, reason: LiveHeartRateError): DeliveryFailedError {
  const why =
    reason instanceof BufferOverflowError
      ? 'they came faster than this machine stores them. Ask for fewer --sensors, or less --speed.'
      : reason.message;
  return new DeliveryFailedError(`${dropped} samples were dropped, of those that were shown: ${why}`, {
    cause: reason,
  });
}
