import { LiveHeartRateError } from '../errors.js';

/** A document that is not a sample. It carries the document, so that nothing is lost. */
export class MalformedSampleError extends LiveHeartRateError {
  /** Why it is not a sample, in one clause without the values. */
  readonly reason: string;
  /** Number of the document within its input, from 0. */
  readonly position: number;
  /** The document as it was read; in base64 where the reason says that it is not UTF-8. */
  readonly payload: string;

  /**
   * @param reason - Why it is not a sample.
   * @param position - Number of the document within its input, from 0.
   * @param payload - The document.
   */
  constructor(reason: string, position: number, payload: string) {
    super('MALFORMED_SAMPLE', `Document ${position} is not a heart-rate sample: ${reason}.`);
    this.reason = reason;
    this.position = position;
    this.payload = payload;
  }
}
