import { MissingDependencyError } from '../../errors.js';
import { PlotError } from './errors.js';
import { optionOf, type Picture, SIZE } from './picture.js';

/** Only a picture needs them. */
function missing(what: string, name: string) {
  return (cause: unknown): never => {
    throw new MissingDependencyError(`${what}: npm install ${name}`, { cause });
  };
}

/** Draws a picture as SVG. */
export async function drawSvg(picture: Picture): Promise<string> {
  const echarts = await import('echarts').catch(missing('A picture needs echarts', 'echarts'));
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  try {
    chart.setOption(optionOf(picture));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Fonts for the text of a PNG. */
export interface Fonts {
  /** Whether those of the machine are taken. */
  readonly loadSystemFonts: boolean;
  /** Paths of others. */
  readonly fontFiles?: string[];
}

/** Sharp on screens that have more pixels than they say. */
const ZOOM = 2;

/** Makes a PNG of an SVG. */
export async function toPng(svg: string, font: Fonts): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js').catch(
    missing('A PNG needs resvg, or write .svg', '@resvg/resvg-js'),
  );
  // Without a font all text would be left out, without a word.
  const word = `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="15" font-family="sans-serif">0</text></svg>`;
  if (new Resvg(word, { font }).innerBBox() === undefined) {
    throw new PlotError(
      'There is no font for the text of a PNG: install one, e.g. "apt-get install fonts-dejavu-core", name one with --font FILE, or write .svg.',
    );
  }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } }).render().asPng();
}
