import { documentOf, INDEX_LATENCY, type StoredSample } from '../sample/index.js';
import type { Rejection } from './rejected-document.js';

/** No document is so long, characters: what is longer is neither parsed nor indexed. */
export const DOCUMENT_LENGTH = 2 ** 20;

/**
 * Changes a document before it is indexed.
 *
 * @param document - The document: the fields of the wire format.
 * @param sample - The sample it is made of.
 * @returns The document to index; `undefined` where the sample is not to be indexed at all.
 */
export type Transform = (
  document: Record<string, unknown>,
  sample: StoredSample,
) => Record<string, unknown> | undefined;

/** The document of a sample in JSON; `undefined` where it is to be left out, or why it cannot be had. */
export function transformedSource(
  sample: StoredSample,
  transform?: Transform,
): string | Rejection | undefined {
  const document = documentOf(sample);
  if (transform === undefined) return JSON.stringify(document);
  const payload = JSON.stringify(document);
  try {
    const changed = transform(document, sample);
    if (changed === undefined) return undefined;
    if (isPlainObject(changed)) {
      // That is added in the end.
      const source: unknown = JSON.stringify({ ...changed, [INDEX_LATENCY]: undefined });
      if (typeof source === 'string' && source.length <= DOCUMENT_LENGTH) return source;
    }
    // Of a promise nobody else would hear that it is rejected.
    Promise.resolve(changed).catch(() => undefined);
    throw new TypeError('no plain object, or one that is too large');
  } catch (error) {
    // Its message may hold values.
    const reason = `transform has failed (${error instanceof Error ? error.name : 'no error'})`;
    return { code: 'TRANSFORM_FAILED', reason, payload };
  }
}

const isPlainObject = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
