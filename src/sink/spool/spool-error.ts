import { LiveHeartRateError } from '../../errors.js';
import { SpoolError } from '../errors.js';

const FORBIDDEN = 'Give this process access to it, or choose another folder.';
const FULL = 'Make room on the disk.';

const advice: Record<string, string> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOTDIR: 'A part of its path is a file: choose another folder.',
  EEXIST: 'There is a file of this name: choose another folder.',
};

/** What the file system said, with what to do about it. */
export function toSpoolError(error: unknown, path: string, done: string): LiveHeartRateError {
  if (error instanceof LiveHeartRateError) return error;
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  const help = advice[code] ?? 'The cause says more.';
  return new SpoolError(`The spool ${path} cannot be ${done} (${code}). ${help}`, {
    cause: error,
    retriable: true,
  });
}
