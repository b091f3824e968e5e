import { describe, expect, it } from 'vitest';
import type { Answer, Row } from '../../../../src/cli/query/answer.js';
import { csvLines } from '../../../../src/cli/query/csv.js';
import { durationOf } from '../../../../src/cli/query/show.js';
import { tableLines } from '../../../../src/cli/query/table.js';

const answer = (columns: readonly string[], ...rows: Row[]): Answer => ({ columns, parts: [rows] });
async function all(lines: AsyncIterable<string>) {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('an answer as CSV', () => {
  it('quotes what has to be quoted, and has instants as clocks show them', async () => {
    const instants = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((time) => new Date(time));
    const rows = answer(
      ['plain', 'a "name", and more'],
      ['text', 'two\nlines'],
      ['a,b', 'say "no"'],
      [instants[0] ?? null, instants[1] ?? null],
      [null, true],
      [[1.5, 2], 7],
    );
    expect(await all(csvLines(rows, 'Europe/Berlin'))).toEqual([
      'plain,"a ""name"", and more"',
      'text,"two\nlines"',
      '"a,b","say ""no"""',
      '2026-10-25T02:30:00.000+02:00,2026-10-25T02:30:00.000+01:00',
      ',true',
      '"[1.5,2]",7',
    ]);
  });
});

describe('an answer as a table', () => {
  it('has numbers to the right, and no name that steers a terminal', async () => {
    const rows = answer(['n', 'name'], [5, 'Strap\u001b[2J'], [1234, null]);
    expect(await all(tableLines(rows, 'UTC', false))).toEqual([
      '   n  name',
      '   5  Strap\ufffd[2J',
      '1234  –',
    ]);
  });

  it('shows columns of ours in words for people, and those of others as they are', async () => {
    const rows = answer(['seconds', 'share', 'mean', 'session'], [3_725, 0.25, 71.26, null]);
    expect(await all(tableLines(rows, 'UTC', true))).toEqual([
      '   time   share  mean  session',
      '1:02:05  25.0 %  71.3  (no session)',
    ]);
    expect(await all(tableLines(rows, 'UTC', false))).toEqual([
      'seconds  share   mean  session',
      '   3725   0.25  71.26  –',
    ]);
  });

  it('shows the heading of an answer without rows, and any number of rows', async () => {
    expect(await all(tableLines(answer(['a', 'b']), 'UTC', false))).toEqual(['a  b']);
    const rows = Array.from({ length: 2_500 }, (_, at): Row => [at]);
    const lines = await all(tableLines(answer(['n'], ...rows), 'UTC', false));
    expect(lines).toHaveLength(2_501);
    expect([lines[1], lines.at(-1)]).toEqual(['  0', '2499']);
  });

  it('shows long times', () => {
    expect([0, 59.6, 3_600, 360_000].map(durationOf)).toEqual(['0:00:00', '0:01:00', '1:00:00', '100:00:00']);
  });
});
