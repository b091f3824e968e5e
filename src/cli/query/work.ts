import { take } from 'rxjs';
import { endings } from '../endings.js';
import { QueryError } from './errors.js';
import type { Work } from './source.js';

const CLEAR_LINE = '\r\x1b[2K';

/**
 * Does something that may take long: it says how far it is on a terminal, and is given up when somebody ends it, nobody
 * reads it any more, or the time is over.
 *
 * @param timeout - Milliseconds.
 */
export async function work(timeout: number, task: (work: Work) => Promise<void>): Promise<void> {
  const ending = new AbortController();
  let code: unknown;
  const listening = endings()
    .pipe(take(1))
    .subscribe((its) => {
      code = its;
      ending.abort();
    });
  const late = AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([ending.signal, late]);
  const screen = process.stderr;
  let open = false;
  const clear = () => {
    if (open) screen.write(CLEAR_LINE);
    open = false;
  };
  try {
    await task({
      signal,
      progress(text) {
        // A picture of it is for people alone, and not between the lines of an answer.
        if (!screen.isTTY || process.stdout.bytesWritten > 0) return;
        open = true;
        screen.write(`${CLEAR_LINE}${text}`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    if (!ending.signal.aborted) {
      throw new QueryError('The question took too long, and was given up: ask less, or more --timeout.', {
        retriable: true,
      });
    }
    process.exitCode = Number(code);
  } finally {
    clear();
    listening.unsubscribe();
  }
}
