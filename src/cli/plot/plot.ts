import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { InvalidArgumentError } from '../../errors.js';
import { ZONES } from '../../sample/index.js';
import { print } from '../print.js';
import { type Cell, rowsOf } from '../query/answer.js';
import { checkSource, withSource } from '../query/open-source.js';
import type { ArchiveCommandOptions } from '../query/options.js';
import { type Asked, askLatest, askPoints, askSummary } from '../query/questions.js';
import type { Source } from '../query/source.js';
import { work } from '../query/work.js';
import { readSpan } from '../span.js';
import { localTime, machineZone } from '../zone.js';
import { drawSvg, toPng } from './draw.js';
import { PlotError } from './errors.js';
import { linesOf } from './lines.js';
import { COLUMNS, type Picture } from './picture.js';

export interface PlotCommandOptions extends ArchiveCommandOptions {
  readonly output: string;
  readonly zones?: readonly number[];
  readonly font?: string;
}

/** Draws, and writes the picture. */
export async function plot(options: PlotCommandOptions): Promise<void> {
  const { archive, athena, output, font, database, table, workgroup, dayFormat } = options;
  checkSource({ archive, athena }, { database, table, workgroup, dayFormat });
  const extension = output === '-' ? '.svg' : extname(output).toLowerCase();
  if (extension !== '.svg' && extension !== '.png') {
    throw new InvalidArgumentError('--output must end in .svg or .png, or be -.');
  }
  await work(options.timeout, async (during) => {
    await withSource({ ...options, output: undefined }, during, async (source) => {
      const picture = await pictureOf(source, options);
      during.progress('drawing …');
      const svg = await drawSvg(picture);
      if (output === '-') {
        print(svg);
        return;
      }
      const fonts = font ? { loadSystemFonts: false, fontFiles: [font] } : { loadSystemFonts: true };
      await write(output, extension === '.png' ? await toPng(svg, fonts) : svg);
    });
  });
}

async function pictureOf(source: Source, options: PlotCommandOptions): Promise<Picture> {
  const { tz = machineZone(), last, between } = options;
  const whenever = last === undefined && between === undefined;
  const span = whenever ? undefined : readSpan(options, tz);
  const session = options.session ?? (whenever ? await askLatest(source) : undefined);
  const asked: Asked = { span, session };
  const [summary = {}] = await rowsOf(await askSummary(source, asked));
  const { first, last: end, maximum, minimum, mean } = summary;
  if (!(first instanceof Date && end instanceof Date && typeof maximum === 'number')) {
    throw new PlotError('There is no heart rate to draw. What there is says: liveheartrate query --sessions');
  }
  const [from, to] = [first.getTime(), end.getTime()];
  const rows = await askPoints(source, asked, Math.max(1, Math.ceil((to - from) / COLUMNS)));
  const lines = linesOf(rows);
  const names = [...new Set(lines.map(({ name }) => name))];
  const rate = (value: Cell | undefined) =>
    typeof value === 'number' ? String(Math.round(value * 10) / 10) : '–';
  return {
    title: names.join(', '),
    subtitle: [
      `${clock(first, tz)} to ${clock(end, tz)}`,
      `max ${rate(maximum)}, min ${rate(minimum)}, mean ${rate(mean)} bpm`,
      summary.samples === 1 ? '1 sample' : `${summary.samples} samples`,
    ].join('   ·   '),
    ...{ lines, from, to, maximum, minimum: Number(minimum) },
    zones: options.zones ?? ZONES,
    timeZone: tz,
  };
}

/** To the second. */
const clock = (instant: Date, zone: string) =>
  localTime(instant, zone).replace('T', ' ').replace(/\.\d+/, ' ');

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    // It is health data.
    await writeFile(path, content, { mode: 0o600 });
  } catch (cause) {
    throw new PlotError(`The picture cannot be written: ${(cause as Error).message}`, { cause });
  }
}
