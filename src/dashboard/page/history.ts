import { addressOf } from './address.js';
import type { Board } from './model/board.js';
import type { PackedSession } from './model/packed.js';

/** What the worker tells: a session, or that there is no other one, or that the server did not answer. */
export type HistoryMessage = PackedSession | 'end' | 'failed';

const MINUTES = 60;
const AGAIN = 2_000;

/**
 * Asks for the last hour and merges it, in a thread of its own up to what can be shown: an hour of 50 sensors is
 * megabytes of JSON.
 *
 * @returns A function that asks; while the answer is waited for, asking again asks anew.
 */
export function historyOf(board: Board, changed: () => void): () => void {
  let worker: Worker | undefined;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  const ask = () => {
    stop();
    const asked = new Worker(addressOf('history-worker.js'), { type: 'module' });
    worker = asked;
    const failed = () => {
      if (worker !== asked) return;
      stop();
      // A new connection asks by itself.
      setTimeout(() => worker === undefined && board.link === 'open' && ask(), AGAIN);
    };
    asked.onerror = failed;
    asked.onmessage = ({ data }: MessageEvent<HistoryMessage>) => {
      if (worker !== asked) return;
      if (data === 'failed') return failed();
      if (data === 'end') return stop();
      board.merge(data);
      changed();
    };
    asked.postMessage(addressOf('history', { minutes: String(MINUTES) }));
  };
  return ask;
}
