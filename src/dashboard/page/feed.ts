import type { LiveEvents } from '../protocol.js';
import { addressOf } from './address.js';
import type { Board } from './model/board.js';
import { Watchdog } from './model/watchdog.js';

const EVENTS = ['hello', 'sample', 'status', 'alert', 'latency', 'heartbeat'] as const;
/** Every how many milliseconds it is looked whether the connection is there. */
const CHECK = 100;

/** What the feed tells besides what it writes on the board. */
export interface FeedListener {
  /** There is something new on the board. */
  changed(): void;
  /** A connection has been opened: what has been missed can be asked for. */
  opened(): void;
}

/** Keeps the board up to date from `/live`, for good: a connection that is lost is opened again. */
export function follow(board: Board, now: () => number, { changed, opened }: FeedListener): void {
  const watchdog = new Watchdog(now());
  let source: EventSource | undefined;

  const lose = () => {
    source?.close();
    source = undefined;
    if (board.link === 'open') board.link = 'lost';
    changed();
  };
  const connect = () => {
    const opening = new EventSource(addressOf('live'));
    source = opening;
    const listen = <Name extends keyof LiveEvents>(name: Name) =>
      opening.addEventListener(name, ({ data }: MessageEvent<string>) => {
        // Of one that was given up nothing counts any more.
        if (opening !== source) return;
        watchdog.heard(now());
        board.apply(name, JSON.parse(data) as LiveEvents[Name]);
        changed();
        if (name === 'hello') opened();
      });
    for (const name of EVENTS) listen(name);
    opening.onerror = () => {
      if (opening !== source) return;
      watchdog.failed(now());
      lose();
    };
  };
  const check = () => {
    const action = watchdog.check(now());
    if (action === 'lose') lose();
    else if (action === 'connect') connect();
  };
  check();
  setInterval(check, CHECK);
  // Timers are slow in a page that is not seen.
  document.addEventListener('visibilitychange', check);
}
