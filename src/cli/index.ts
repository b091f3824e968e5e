#!/usr/bin/env node
import { CommanderError } from 'commander';
import { LiveHeartRateError } from '../errors.js';
import { FAILED, MISUSED } from './exit-codes.js';
import { note } from './print.js';
import { createProgram } from './program.js';

const program = createProgram();

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
  const { code } = error;
  const message = forNpx(error);
  note(wantsJson() ? JSON.stringify({ error: { code, message } }) : `${code}: ${message}`);
  process.exitCode = code === 'INVALID_ARGUMENT' ? MISUSED : FAILED;
});

/** Whether a program reads it. */
function wantsJson(): boolean {
  const { argv } = process;
  return (
    argv.includes('--json') || argv.includes('--format=json') || argv[argv.indexOf('--format') + 1] === 'json'
  );
}

/** What npx runs does not see what is installed beside it. */
function forNpx({ code, message }: LiveHeartRateError): string {
  const [, name] = /npm install (\S+)$/.exec(message) ?? [];
  if (code !== 'MISSING_DEPENDENCY' || name === undefined) return message;
  const [flag] = /^--\S+/.exec(message) ?? [];
  const command = ['liveheartrate', process.argv[2], flag, '…']
    .filter((word) => word !== undefined)
    .join(' ');
  return `${message}, or in one go: npx -p liveheartrate -p ${name} ${command}`;
}
