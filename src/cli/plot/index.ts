import type { Command } from 'commander';
import { nonEmpty, zones } from '../options.js';
import { withArchiveOptions } from '../query/options.js';
import type { PlotCommandOptions } from './plot.js';

const HELP = `
Without --session, --last and --between it is the last session. Zones are bands; where nothing came for more than 5 s the
line has a gap. Where there is more than a picture can show, each pixel has the lowest and the highest rate of its time.
SVG needs echarts, PNG @resvg/resvg-js too: npm install echarts @resvg/resvg-js`;

/** `liveheartrate plot`: a picture of a session. */
export function plotCommand(program: Command): void {
  const command = program
    .command('plot')
    .description('draw the heart rate of a session out of the archive')
    .requiredOption(
      '--output <file>',
      'what to write: .svg or .png; - writes SVG on the standard output',
      nonEmpty,
    )
    .option('--zones <rates>', 'where each zone begins, such as 95,114,133,152,171', zones)
    .option('--font <file>', 'font for the text of a PNG (default: those of this machine)', nonEmpty);
  withArchiveOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: PlotCommandOptions) => (await import('./plot.js')).plot(options));
}
