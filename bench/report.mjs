/**
 * @typedef {object} Figure
 * @property {string} what For people
 * @property {number} value
 * @property {{ least: number } | { below: number } | { most: number }} bound
 */

/** @param {Figure} figure */
function isMet({ value, bound }) {
  if ('least' in bound) return value >= bound.least;
  return 'most' in bound ? value <= bound.most : value < bound.below;
}

/**
 * Prints each figure beside its bound, and as the last line all of them as JSON.
 * @param {Record<string, Figure>} figures
 * @returns {number} the exit code: 1 where a bound is missed
 */
export function report(figures) {
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    short(figure.value),
    boundOf(figure),
    isMet(figure) ? 'ok' : 'over',
    figure.what,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );

  const missed = Object.keys(figures).filter((name) => figures[name] && !isMet(figures[name]));
  if (missed.length > 0) console.error(`Bounds missed: ${missed.join(', ')}.`);
  console.log(JSON.stringify(mapValues(figures, ({ value }) => Number(short(value)))));
  return missed.length > 0 ? 1 : 0;
}

/** @param {number} value */
const short = (value) => String(Number(value.toPrecision(4)));

/** @param {Figure} figure */
function boundOf({ bound }) {
  if ('least' in bound) return `>= ${bound.least}`;
  return 'most' in bound ? `<= ${bound.most}` : `< ${bound.below}`;
}

/**
 * @template From, To
 * @param {Record<string, From>} object
 * @param {(value: From) => To} change
 */
const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
