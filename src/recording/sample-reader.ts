import { isUtf8 } from 'node:buffer';
import { fromHex } from '../profile/bytes.js';
import {
  type HeartRateSample,
  MalformedSampleError,
  PACKET,
  parseDocuments,
  type StoredSample,
} from '../sample/index.js';
import { splitDocuments } from '../sample/split-documents.js';
import { LINE_MAX } from './read-lines.js';

/** How much of a line that is too long is reported, characters. */
const BEGINNING = 256;

/** Reads one recording line by line; what is not a sample is reported and left out. */
export function sampleReader(
  onMalformed: (error: MalformedSampleError) => void,
): (line: Buffer) => Generator<HeartRateSample> {
  const session = crypto.randomUUID();
  let sequence = 0;
  let position = 0;
  const report = (reason: string, payload: string) =>
    onMalformed(new MalformedSampleError(reason, position, payload));

  function* readLine(line: Buffer): Generator<HeartRateSample> {
    if (line.length > LINE_MAX) {
      const payload = line.toString('utf8', 0, BEGINNING);
      report(`longer than ${LINE_MAX} bytes (payload is its beginning)`, payload);
      position++;
      return;
    }
    // What is not UTF-8 goes to parseDocuments as it is, which has the words for that.
    for (const text of isUtf8(line) ? splitDocuments(line.toString()) : [line]) {
      for (const document of parseDocuments(text)) {
        if ('sample' in document) yield withPacket(complete(document.sample), text.toString());
        else report(document.error.reason, document.error.payload);
        position++;
      }
    }
  }

  /** Older producers name neither sensor nor session: one replay is one session then. */
  function complete(sample: StoredSample): HeartRateSample {
    return {
      ...sample,
      sensor: sample.sensor ?? { id: 'recording' },
      session: sample.session ?? session,
      sequence: sample.sequence ?? sequence++,
    };
  }

  function withPacket(sample: HeartRateSample, text: string): HeartRateSample {
    const { packet } = JSON.parse(text) as { packet?: unknown };
    if (packet === undefined || packet === null) return sample;
    const bytes = typeof packet === 'string' ? fromHex(packet) : undefined;
    if (bytes === undefined) {
      report('packet is not hexadecimal, so the sample comes without it', text);
      return sample;
    }
    // What was decoded from a packet has every field, with a value or without.
    return { energyExpended: undefined, sensorContact: undefined, ...sample, [PACKET]: bytes };
  }

  return readLine;
}
