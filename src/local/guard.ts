import { LiveHeartRateError } from '../errors.js';
import { ArchiveError } from './errors.js';

/** Does something with an archive, and tells a failure as one of it. */
export async function guard<Value>(what: string, task: () => Promise<Value>): Promise<Value> {
  try {
    return await task();
  } catch (error) {
    throw failureOf(what, error);
  }
}

/** The same of a failure that is at hand. */
export function failureOf(what: string, error: unknown): LiveHeartRateError {
  if (error instanceof LiveHeartRateError) return error;
  const said = error instanceof Error ? error.message : String(error);
  // It may repeat what a device calls itself, which must not steer a terminal.
  const reason = said.replace(/[^\P{C}\n]/gu, '\ufffd');
  const remedy = reason.includes('Could not set lock') ? 'Another process has it open.' : reason;
  return new ArchiveError(`The archive could not be ${what}: ${remedy}`, { cause: error });
}
