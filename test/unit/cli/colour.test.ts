import { expect, it } from 'vitest';
import { paintFor } from '../../../src/cli/colour.js';

const green = '\x1b[32mlive\x1b[39m';

it.each([
  [true, {}, green],
  [false, {}, 'live'],
  [true, { NO_COLOR: '1' }, 'live'],
  [true, { NO_COLOR: '' }, green],
  [true, { TERM: 'dumb' }, 'live'],
  [false, { FORCE_COLOR: '1' }, green],
  [true, { FORCE_COLOR: '0' }, 'live'],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, 'live'],
])('on a terminal: %s, with %j', (isTTY, env, expected) => {
  expect(paintFor({ isTTY }, env)('green', 'live')).toBe(expected);
});
