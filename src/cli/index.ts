#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { LiveHeartRateError } from '../errors.js';
import { type DemoOptions, demo } from './demo.js';
import { screenOn } from './screen.js';

const program = new Command('liveheartrate').description('Heart-rate samples from straps and watches.');

program
  .command('demo')
  .description('run the whole pipeline on this machine with a simulated strap')
  .option('--seconds <number>', 'end after so many seconds', positive)
  .option('--speed <number>', 'simulated seconds in a second', positive, 1)
  .option('--seed <number>', 'seed of the simulation', Number, 1)
  .option('--directory <path>', 'folder of the archive', 'archive')
  .action((options: DemoOptions) => demo(options, screenOn(process.stdout)));

function positive(text: string): number {
  const value = Number(text);
  // A timer takes no more than 24 days.
  if (value > 0 && value <= 2_000_000) return value;
  throw new InvalidArgumentError('It must be a positive number, at most 2,000,000.');
}

// A reader that is gone, such as head, is no reason to end with an error.
process.stdout.on('error', () => undefined);

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof LiveHeartRateError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
});
