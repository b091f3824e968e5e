import { type Command, InvalidArgumentError as Misused, Option } from 'commander';
import type { ArchiveQueryOptions } from '../../sample/index.js';
import { nonEmpty } from '../options.js';
import { readDuration } from '../span.js';
import { isZone } from '../zone.js';

/** What questions and pictures of an archive have in common. */
export interface ArchiveCommandOptions {
  readonly last?: number;
  readonly between?: readonly string[];
  readonly session?: string;
  readonly tz?: string;
  readonly archive?: string;
  readonly athena?: true;
  readonly database?: string;
  readonly table?: string;
  readonly workgroup?: string;
  readonly dayFormat?: ArchiveQueryOptions['dayFormat'];
  /** Milliseconds. */
  readonly timeout: number;
}

/** What an answer is written as. */
export const FORMATS = ['table', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** A query of Athena takes no longer, unless somebody has asked AWS for more. */
const TIMEOUT = readDuration('30m');

/** Lets a command take those. */
export const withArchiveOptions = (command: Command): Command =>
  command
    .option('--last <duration>', 'up to now: 30s, 15m, 2h, 7d', duration)
    .option('--between <time...>', 'from A to B: two times')
    .option('--session <id>', 'of this session alone', nonEmpty)
    .option('--tz <zone>', 'time zone, such as Europe/Berlin (default: that of this machine)', zone)
    .option('--archive <folder>', 'the archive in this folder (default: archive)', nonEmpty)
    .option('--athena', 'the archive in Athena, with the credentials and region of the AWS command')
    .option('--database <name>', 'Athena: its Glue database', nonEmpty)
    .option('--table <name>', 'Athena: its table (default: heart_rate)', nonEmpty)
    .option('--workgroup <name>', 'Athena: its workgroup (default: primary)', nonEmpty)
    .addOption(
      new Option('--day-format <pattern>', 'Athena: how its folders name days (default: yyyy-MM-dd)').choices(
        ['yyyy-MM-dd', 'yyyy/MM/dd'],
      ),
    )
    .addOption(
      new Option('--timeout <duration>', 'give up after so long').argParser(duration).default(TIMEOUT, '30m'),
    );

/** Reads a length of time: the milliseconds. */
function duration(text: string): number {
  try {
    return readDuration(text);
  } catch (error) {
    throw new Misused((error as Error).message);
  }
}

function zone(text: string): string {
  if (isZone(text)) return text;
  throw new Misused('It must be the name of a time zone, such as Europe/Berlin or UTC.');
}
