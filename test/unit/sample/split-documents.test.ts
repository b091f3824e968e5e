import { describe, expect, it } from 'vitest';
import { splitDocuments } from '../../../src/sample/split-documents.js';

const split = (text: string) => [...splitDocuments(text)];

describe('splitDocuments', () => {
  it.each([
    ['one on each line', '{"a":1}\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['several on one line', '{"a":1}{"a":2} {"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}']],
    ['Windows line ends', '{"a":1}\r\n{"a":2}\r\n', ['{"a":1}', '{"a":2}']],
    [
      'one spread over lines',
      '{\n  "a": {\n    "b": 1\n  }\n}\n{"a":2}',
      ['{\n  "a": {\n    "b": 1\n  }\n}', '{"a":2}'],
    ],
    ['braces and quotes in strings', '{"a":"}{\\""}{"a":"{"}', ['{"a":"}{\\""}', '{"a":"{"}']],
    ['a torn line before a whole one', '{"a":"x\n{"a":2}', ['{"a":"x', '{"a":2}']],
    ['a torn line before an indented one', '{"a":"x\n {"a":2}', ['{"a":"x', '{"a":2}']],
    ['something foreign between', '{"a":1}\n???\n{"a":2}', ['{"a":1}', '???', '{"a":2}']],
  ])('finds %s', (_, text, documents) => {
    expect(split(text)).toEqual(documents);
  });

  it('takes no more than linear work for text made to be slow', () => {
    // Quadratic work on any of these would take minutes, and end in the test runner's own time limit.
    const size = 400_000;
    for (const text of [
      '{\n'.repeat(size),
      ' {\n'.repeat(size),
      '{'.repeat(size),
      '{"a":1}'.repeat(size),
      '} '.repeat(size),
    ]) {
      expect(split(text).length).toBeGreaterThan(0);
    }
  });
});
