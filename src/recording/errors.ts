import { type ErrorDetails, InvalidArgumentError, LiveHeartRateError } from '../errors.js';

/** A recording cannot be read or written. */
export class RecordingError extends LiveHeartRateError {
  /**
   * @param message - What failed, and what to do.
   * @param details - The error of the file system as `cause`.
   */
  constructor(message: string, details: Omit<ErrorDetails, 'retriable'> = {}) {
    super('RECORDING_FAILED', message, details);
  }
}

const MISSING = 'Check the path, and that its folder exists.';
const FORBIDDEN = 'Give this process access to it.';
const FULL = 'Make room on the disk.';

const advice: Record<string, string> = {
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  EISDIR: 'It is a folder: name a file in it.',
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
  ENOSPC: FULL,
  EDQUOT: FULL,
};

/** What the file system said, with what to do about it. */
export function fromFileError(error: unknown, path: string, done: 'read' | 'written'): RecordingError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  const help = advice[code] ?? 'The cause says more.';
  return new RecordingError(`The recording ${path} cannot be ${done} (${code}). ${help}`, { cause: error });
}

/** Throws an {@link InvalidArgumentError} where there is no path. */
export function checkPath(path: string): void {
  if (typeof path !== 'string' || path === '')
    throw new InvalidArgumentError('path must be the path of a file.');
}
