import { type Command, InvalidArgumentError, Option } from 'commander';
import { LONGEST, namePattern, nonEmpty, upTo, whole, zones } from '../options.js';

/** What the demonstration does. */
export interface DemoOptions {
  /** Where the samples come from: one of these at most; else simulated straps. */
  readonly simulate?: true;
  readonly ble?: true;
  readonly replay?: string;
  /** How many simulated straps. */
  readonly sensors: number;
  /** Seed of the simulation. */
  readonly seed: number;
  /** How many seconds of a simulation or a recording pass in a second. */
  readonly speed: number;
  /** Which straps, by Bluetooth. */
  readonly name?: RegExp;
  /** After how many seconds it ends by itself. Default: at a signal. */
  readonly seconds?: number;
  /** Folder of the archive. */
  readonly archive: string;
  /** The OpenSearch to index into. */
  readonly opensearch?: string;
  readonly port?: number;
  readonly host?: string;
  readonly token?: string;
  readonly alertAbove: number;
  readonly alertBelow?: number;
  readonly zones?: readonly number[];
}

const SENSORS_MAX = 1_000;
const RATE_MAX = 65_535;

const HELP = `
Without --host nobody but this machine reaches the page. Without --port it is 7272, or another where that is taken.`;

/** Lets the command take those. */
export const withDemoOptions = (command: Command): Command =>
  command
    .addOption(new Option('--simulate', 'simulated straps (default)').conflicts(['ble', 'replay']))
    .addOption(new Option('--ble', 'every strap and watch around, by Bluetooth').conflicts('replay'))
    .addOption(new Option('--replay <path>', 'a recording').argParser(nonEmpty))
    .addOption(
      new Option('--sensors <number>', 'how many simulated straps')
        .argParser(whole(SENSORS_MAX))
        .conflicts(['ble', 'replay'])
        .default(1),
    )
    .addOption(
      new Option('--seed <number>', 'seed of the simulation')
        .argParser(Number)
        .conflicts(['ble', 'replay'])
        .default(1),
    )
    .addOption(
      new Option('--speed <number>', 'seconds of a simulation or a recording in a second, at most 1,000')
        .argParser(upTo(1_000))
        .conflicts('ble')
        .default(1),
    )
    .addOption(
      new Option('--name <text>', 'with --ble: a part of the name, or a pattern in slashes')
        .argParser(namePattern)
        .conflicts(['simulate', 'replay', 'sensors', 'seed', 'speed']),
    )
    .option('--seconds <number>', 'end after so many seconds', upTo(LONGEST))
    .option('--archive <folder>', 'folder of the archive', nonEmpty, 'archive')
    .option('--opensearch <url>', 'OpenSearch to index into (default: in memory)', nonEmpty)
    .option('--port <number>', 'port of the page; 0 for any that is free', port)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)', nonEmpty)
    .option(
      '--token <text>',
      'what a viewer has to know (default: none; on another --host a random one)',
      nonEmpty,
    )
    .option('--alert-above <bpm>', 'raise an alert from this rate on', whole(RATE_MAX), 150)
    .option('--alert-below <bpm>', 'clear it below this rate (default: 5 less)', whole(RATE_MAX))
    .option('--zones <bpm,bpm,…>', 'where the second and each further zone begins', zones)
    .addHelpText('after', HELP);

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65,535.');
}
