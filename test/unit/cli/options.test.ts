import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { namePattern, upTo, whole } from '../../../src/cli/options.js';

it.each([
  ['forerunner', 'Forerunner 255', true],
  ['H10', 'Polar H10 1234', true],
  ['H10', 'Polar H9', false],
  ['(2)', 'Strap (2)', true],
  ['a.c', 'abc', false],
  ['/^Polar H(9|10)/', 'Polar H10 1234', true],
  ['/^polar/', 'Polar H10', false],
  ['/^polar/i', 'Polar H10', true],
  ['/', 'a/b', true],
])('%s is what a name looks like: %s %s', (text, name, fits) => {
  expect(name.search(namePattern(text)) !== -1).toBe(fits);
});

it.each(['', '/(/', '/a/xyz'])('a name cannot look like "%s"', (text) => {
  expect(() => namePattern(text)).toThrow(InvalidArgumentError);
});

it('reads numbers of their range', () => {
  expect([upTo(5)('0.5'), upTo(5)('5'), whole(9)('9')]).toEqual([0.5, 5, 9]);
  for (const text of ['0', '-1', '6', 'x', ''])
    expect(() => upTo(5)(text), text).toThrow(InvalidArgumentError);
  for (const text of ['0', '1.5', '10', 'x'])
    expect(() => whole(9)(text), text).toThrow(InvalidArgumentError);
});
