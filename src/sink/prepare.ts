import { InvalidArgumentError } from '../errors.js';
import { type HeartRateSample, sampleIdentity, serializeSample } from '../sample/index.js';
import type { Entry } from './entry.js';
import { SampleTooLargeError } from './errors.js';
import type { SinkLimits } from './sink.js';
import { sizeOf } from './size-of.js';

/** A sample with what is sent of it. */
export type Prepared = Pick<Entry, 'sample' | 'key' | 'line' | 'bytes'>;

/** Throws an {@link InvalidArgumentError} or {@link SampleTooLargeError} where the sample cannot be sent; takes its line where that is known. */
export type Prepare = (sample: HeartRateSample, line?: string) => Prepared;

/** One record with a key that a service refuses would take the whole call along. */
const KEY_LENGTH = 256;

export function preparer(limits: SinkLimits, partitionKey: (sample: HeartRateSample) => string): Prepare {
  const recordBytes = Math.min(limits.recordBytes, limits.bytes);

  return (sample, known) => {
    const { key, line } = read(sample, known);
    if (typeof key !== 'string' || key === '' || key.length > KEY_LENGTH)
      throw new InvalidArgumentError(
        `The partition key of a sample must have 1 to ${KEY_LENGTH} characters.`,
      );
    const bytes = sizeOf(line);
    const size = bytes + sizeOf(key);
    if (size > recordBytes) throw new SampleTooLargeError(size, recordBytes);
    return { sample, key, line, bytes };
  };

  function read(sample: HeartRateSample, line?: string) {
    try {
      // Without an identity what comes twice could not be known.
      if (sample.sensor === undefined || sampleIdentity(sample) === undefined)
        throw new InvalidArgumentError('A sample must have sensor, session and sequence.');
      return { key: partitionKey(sample), line: line ?? serializeSample(sample) };
    } catch (error) {
      if (error instanceof InvalidArgumentError) throw error;
      const { name } = error as Error;
      throw new InvalidArgumentError(`This is no sample, or its partition key cannot be told (${name}).`);
    }
  }
}
