import type { HeartRateSample } from '../sample/index.js';

/** How many sessions are kept apart: more than sensors that one computer can be connected to. */
const SESSIONS_MAX = 64;

/**
 * Tells of one sample after the other when it is due, in the time of `performance.now()`. Each session has its own
 * spacing, so that those recorded side by side come side by side; its first sample, and one that is earlier than the
 * one before, are due at once.
 */
export function timeline(speed: number): (sample: HeartRateSample) => number {
  const sessions = new Map<string, { readonly timestamp: number; readonly due: number }>();

  return ({ session, timestamp: date }) => {
    const timestamp = date.getTime();
    const last = sessions.get(session);
    // From due to due, not from now: what timers are late adds up otherwise.
    const due =
      last && timestamp >= last.timestamp
        ? last.due + (timestamp - last.timestamp) / speed
        : performance.now();
    // The session that was longest without a sample comes first, and is forgotten first.
    sessions.delete(session);
    sessions.set(session, { timestamp, due });
    const [oldest = ''] = sessions.keys();
    if (sessions.size > SESSIONS_MAX) sessions.delete(oldest);
    return due;
  };
}
