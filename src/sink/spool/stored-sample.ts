import type { HeartRateSample } from '../../sample/index.js';
import { readSample } from '../../sample/read-sample.js';

/** Reads a line of a spool; answers in one clause why it is no sample of ours where it is none. */
export function readStoredSample(line: string): HeartRateSample | string {
  const sample = readSample(line);
  if (typeof sample === 'string') return sample;
  const { sensor, session, sequence } = sample;
  if (sensor === undefined || session === undefined || sequence === undefined)
    return 'a sample without sensor, session or sequence';
  return sample as HeartRateSample;
}
