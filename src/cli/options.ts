import { type Command, InvalidArgumentError } from 'commander';
import { checkZones } from '../sample/index.js';

/** What every command about sensors takes. */
export interface SensorCommandOptions {
  /** How many simulated straps there are in place of real ones. */
  readonly simulated?: number;
  /** Whether to write JSON. */
  readonly json?: true;
}

/** A timer takes no more than 24 days, in seconds. */
export const LONGEST = 2_000_000;
const SIMULATED_MAX = 1_000;

/** Lets a command take those. */
export const withSensorOptions = (command: Command): Command =>
  command
    .option('--simulated <number>', 'so many simulated straps in place of real ones', whole(SIMULATED_MAX))
    .option('--json', 'write JSON, one object a line');

/** Reads a positive number. */
export function upTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a positive number, at most ${most.toLocaleString('en')}.`);
  };
}

/** Reads a whole number from 1. */
export function whole(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most.toLocaleString('en')}.`);
  };
}

/** Reads text of which there is some. */
export function nonEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** Reads what a name looks like: a part of it in any case, or a pattern in slashes. */
export function namePattern(text: string): RegExp {
  const [, pattern, flags] = /^\/(.+)\/([a-z]*)$/.exec(text) ?? [];
  try {
    if (pattern !== undefined) return new RegExp(pattern, flags);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return new RegExp(nonEmpty(text).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
}

/** Reads the address of a server. */
export function url(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:4566.');
}

/** Reads where zones begin. */
export function zones(text: string): number[] {
  const rates = text.split(',').map(Number);
  try {
    checkZones(rates);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  return rates;
}
