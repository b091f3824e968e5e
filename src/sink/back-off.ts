import type { RetryOptions } from './sink-options.js';

/** Full jitter: any part of a pause that doubles with each failure, so that many senders do not come back at once. */
export const backOff = ({ delay, maxDelay }: Required<RetryOptions>, failures: number): number =>
  Math.random() * Math.min(delay * 2 ** Math.min(failures - 1, 30), maxDelay);
