#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { LiveHeartRateError } from '../errors.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor/index.js';
import { inspectCommand } from './inspect.js';
import { note } from './print.js';
import { queryCommand } from './query.js';
import { replayCommand } from './replay.js';
import { scanCommand } from './scan.js';
import { streamCommand } from './stream.js';

/** What scripts read: 0 is done, 1 is failed, 2 is asked wrongly. */
const FAILED = 1;
const MISUSED = 2;

const program = new Command('liveheartrate')
  .description('Heart-rate samples from straps and watches.')
  .version(process.env.LIVEHEARTRATE_VERSION ?? 'unknown')
  .exitOverride();
for (const add of [
  scanCommand,
  inspectCommand,
  streamCommand,
  replayCommand,
  queryCommand,
  doctorCommand,
  demoCommand,
])
  add(program);

// Noble writes there, between what was asked for, what our errors say better, and addresses of sensors.
console.log = () => undefined;
const { warn } = console;
console.warn = (text: unknown) => String(text).startsWith('liveheartrate: ') && warn(text);

// A reader that is gone, such as head, is no reason to end with an error; a disk that is full is one.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  note(`The output cannot be written: ${message}`);
  process.on('exit', () => {
    process.exitCode = FAILED;
  });
});
// What goes along with the output is missed by nobody.
process.stderr.on('error', () => undefined);

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode && MISUSED;
    return;
  }
  if (!(error instanceof LiveHeartRateError)) throw error;
  const { code, message } = error;
  note(
    process.argv.includes('--json') ? JSON.stringify({ error: { code, message } }) : `${code}: ${message}`,
  );
  process.exitCode = code === 'INVALID_ARGUMENT' ? MISUSED : FAILED;
});
