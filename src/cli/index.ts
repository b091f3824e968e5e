#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { LiveHeartRateError } from '../errors.js';
import { type DemoOptions, demo } from './demo.js';
import { screenOn } from './screen.js';

/** A timer takes no more than 24 days, in seconds. */
const LONGEST = 2_000_000;

const program = new Command('liveheartrate').description('Heart-rate samples from straps and watches.');

program
  .command('demo')
  .description('run the whole pipeline on this machine with a simulated strap')
  .option('--seconds <number>', 'end after so many seconds', upTo(LONGEST))
  .option('--speed <number>', 'simulated seconds in a second, at most 1,000', upTo(1_000), 1)
  .option('--seed <number>', 'seed of the simulation', Number, 1)
  .option('--directory <path>', 'folder of the archive', 'archive')
  .action((options: DemoOptions) => demo(options, screenOn(process.stdout)));

function upTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a positive number, at most ${most.toLocaleString('en')}.`);
  };
}

// A reader that is gone, such as head, is no reason to end with an error.
process.stdout.on('error', () => undefined);

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof LiveHeartRateError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
});
