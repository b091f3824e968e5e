/**
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} color
 * @property {boolean} [dashed]
 * @property {readonly (readonly [wearers: number, value: number])[]} points
 */
/**
 * @typedef {object} Chart
 * @property {string} title
 * @property {readonly Curve[]} curves
 * @property {readonly number[]} ticks from the lowest to the highest
 * @property {boolean} [logarithmic]
 * @property {(value: number) => string} label
 */

const [WIDTH, HEIGHT] = [480, 330];
const MARGIN = { left: 66, right: 18, top: 74, bottom: 44 };
const DECADES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/**
 * Charts over the number of wearers, two in a row.
 * @param {readonly Chart[]} charts
 * @param {string} what they show, for those who cannot see them
 */
export function draw(charts, what) {
  const [width, height] = [2 * WIDTH, Math.ceil(charts.length / 2) * HEIGHT];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#334155">`,
    `<title>${what}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...charts.map((chart, at) => {
      const place = `translate(${(at % 2) * WIDTH} ${Math.floor(at / 2) * HEIGHT})`;
      return `<g transform="${place}">\n${drawChart(chart)}\n</g>`;
    }),
    '</svg>\n',
  ].join('\n');
}

/** @param {Chart} chart */
function drawChart({ title, curves, ticks, logarithmic, label }) {
  const scale = logarithmic ? Math.log10 : (/** @type {number} */ value) => value;
  const [low, high] = [scale(ticks[0] ?? 0), scale(ticks.at(-1) ?? 1)];
  const bottom = HEIGHT - MARGIN.bottom;
  const x = (/** @type {number} */ wearers) =>
    short(MARGIN.left + (Math.log10(wearers) / 6) * (WIDTH - MARGIN.left - MARGIN.right));
  const y = (/** @type {number} */ value) =>
    short(bottom - ((scale(value) - low) / (high - low)) * (bottom - MARGIN.top));

  return [
    `<text x="${MARGIN.left}" y="26" font-size="14" font-weight="600" fill="#0f172a">${title}</text>`,
    ...legend(curves),
    ...ticks.map(
      (tick) =>
        `<path d="M${MARGIN.left} ${y(tick)}H${WIDTH - MARGIN.right}" stroke="#e2e8f0"/><text x="${MARGIN.left - 8}" y="${y(tick) + 4}" text-anchor="end">${label(tick)}</text>`,
    ),
    ...DECADES.map(
      (wearers) =>
        `<text x="${x(wearers)}" y="${bottom + 18}" text-anchor="middle">${wearers < 1_000 ? wearers : wearers < 1e6 ? `${wearers / 1_000}k` : '1M'}</text>`,
    ),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${bottom + 36}" text-anchor="middle">wearers</text>`,
    ...curves.map(({ color, dashed, points }) => {
      const path = points
        .map(([wearers, value], at) => `${at === 0 ? 'M' : 'L'}${x(wearers)} ${y(value)}`)
        .join('');
      return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"${dashes(dashed)}/>`;
    }),
  ].join('\n');
}

/** @param {readonly Curve[]} curves */
function legend(curves) {
  let left = MARGIN.left;
  return curves.map(({ name, color, dashed }) => {
    const at = left;
    left += 38 + name.length * 6.6;
    return `<path d="M${short(at)} 48h18" stroke="${color}" stroke-width="2"${dashes(dashed)}/><text x="${short(at + 23)}" y="52">${name}</text>`;
  });
}

/** @param {boolean | undefined} dashed */
const dashes = (dashed) => (dashed ? ' stroke-dasharray="5 4"' : '');

/** @param {number} value */
const short = (value) => Math.round(value * 10) / 10;
