import { InvalidArgumentError, LiveHeartRateError } from '../../../src/errors.js';
import { IndexUnavailableError } from '../../../src/opensearch/index.js';
import { CredentialsError } from '../credentials.js';

/** Something cannot be set up; the message is what people read of it in the events of the stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';

  /**
   * @param message - What is wrong, and what to do; never a credential.
   * @param retriable - Whether it may be right later without anybody changing anything.
   */
  constructor(
    message: string,
    readonly retriable = false,
  ) {
    super(message);
  }
}

/** What an OpenSearch answers that has just been made, or whose rights have, or that somebody else changes as well. */
const PASSING = [401, 403, 408, 409, 429];

/** Whether it may be right later without anybody changing anything. */
export function mayPass(error: unknown): boolean {
  if (error instanceof IndexUnavailableError) {
    // What cannot be sent at all, such as without credentials.
    if (error.cause instanceof InvalidArgumentError) return false;
    return error.status === undefined || error.status >= 500 || PASSING.includes(error.status);
  }
  return (error instanceof SetupError || error instanceof CredentialsError) && error.retriable;
}

/** So much of it, at most, is in an answer. */
const LENGTH = 600;

/** What people read of an error: of errors that are not ours only the name, since anything may be in their text. */
export function reasonOf(error: unknown): string {
  const ours =
    error instanceof LiveHeartRateError || error instanceof SetupError || error instanceof CredentialsError;
  const text = ours ? error.message : `Something went wrong (${(error as Error)?.name}).`;
  return text.length <= LENGTH ? text : `${text.slice(0, LENGTH)}…`;
}

/** Says of an error what was being done. */
export async function doing<Value>(what: string, work: PromiseLike<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw new SetupError(`${what}: ${reasonOf(error)}`, mayPass(error));
  }
}
