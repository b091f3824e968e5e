import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { drawSvg, toPng } from '../../../../src/cli/plot/draw.js';
import type { Picture } from '../../../../src/cli/plot/picture.js';

const from = Date.parse('2026-11-23T10:00:00Z');
const picture: Picture = {
  title: 'Strap & <Co>',
  subtitle: 'max 150, min 60',
  lines: [
    {
      name: 'Strap',
      points: [
        [from, 60],
        [from + 60_000, 100],
        [from + 90_000, null],
        [from + 120_000, 150],
        [from + 150_000, null],
        [from + 180_000, 120],
        [from + 240_000, 130],
      ],
    },
  ],
  ...{ from, to: from + 240_000, minimum: 60, maximum: 150 },
  ...{ zones: [95, 114], timeZone: 'Europe/Berlin' },
};
/** Lines of the colour of the first session. */
const strokes = (svg: string) => svg.match(/<path[^>]*stroke="#b3122e"[^>]*>/g) ?? [];

describe('a picture', () => {
  it('has title, axes, zones and times in words, and a gap in its line', async () => {
    const svg = await drawSvg(picture);
    for (const text of [
      'Strap &amp; &lt;Co&gt;',
      'max 150, min 60',
      'heart rate, beats per minute',
      'time, Europe/Berlin',
      'zone 0',
      'zone 2',
      '11:00',
    ]) {
      expect(svg).toContain(text);
    }
    // Two parts of a line are two movements of the pen, and the point between gaps is a circle.
    const [line] = strokes(svg).filter((path) => path.includes('fill="none"'));
    expect(line?.match(/M/g)).toHaveLength(3);
  });

  it('is a PNG of twice as many pixels, with text', async () => {
    const svg = await drawSvg(picture);
    const png = Buffer.from(await toPng(svg, { loadSystemFonts: true }));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2_400, 1_200]);
    const bare = Buffer.from(await toPng(svg.replace(/<text.*?<\/text>/gs, ''), { loadSystemFonts: true }));
    expect(png.equals(bare)).toBe(false);
  });

  it('is no PNG where there is no font, which would leave the text out', async () => {
    const svg = await drawSvg(picture);
    const without = { loadSystemFonts: false };
    await expect(toPng(svg, without)).rejects.toThrow(
      expect.objectContaining({
        code: 'PLOT_FAILED',
        message: expect.stringMatching(/font.*apt-get install/),
      }),
    );
    // This is why.
    const text = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">x</text></svg>';
    expect(new Set(new Resvg(text, { font: without }).render().pixels)).toEqual(new Set([0]));
  });
});
