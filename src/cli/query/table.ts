import type { Answer, Cell, Row } from './answer.js';
import { type Show, show, special } from './show.js';

/** So many rows say how wide the columns are; no more than these wait. */
const MEASURED = 1_000;

/**
 * Lines of a table.
 *
 * @param zone - In which times are shown.
 * @param ours - Whether the columns have names of ours, which have headings of their own.
 */
export async function* tableLines(
  { columns, parts }: Answer,
  zone: string,
  ours: boolean,
): AsyncGenerator<string> {
  const plain = show(zone);
  const looks = columns.map((name) => (ours && Object.hasOwn(special, name) ? special[name] : undefined));
  const heading = columns.map((name, at) => looks[at]?.heading ?? plain(name));
  const shown = (row: Row) => row.map((cell, at) => (looks[at]?.show ?? (plain as Show))(cell));
  const waiting: Row[] = [];
  let line: ((cells: readonly string[]) => string) | undefined;

  function* measured() {
    const rows = waiting.map(shown);
    // Numbers stand to the right.
    const right = columns.map(
      (_, at) =>
        waiting.some((row) => isNumber(row[at])) &&
        waiting.every((row) => row[at] === null || isNumber(row[at])),
    );
    const widths = heading.map((name, at) =>
      Math.max(...[name, ...rows.map((row) => row[at] ?? '')].map(widthOf)),
    );
    line = (cells) =>
      cells
        .map((text, at) => {
          const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(text)));
          return right[at] ? space + text : text + space;
        })
        .join('  ')
        .trimEnd();
    yield line(heading);
    yield* rows.map(line);
  }

  for await (const part of parts) {
    for (const row of part) {
      if (line) yield line(shown(row));
      else if (waiting.push(row) === MEASURED) yield* measured();
    }
  }
  if (!line) yield* measured();
}

const isNumber = (cell: Cell | undefined) => typeof cell === 'number';
/** As many places as characters, which is right but for wide scripts. */
const widthOf = (text: string) => [...text].length;
