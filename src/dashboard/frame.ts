import type { LiveEvents } from './protocol.js';

/** An event as it goes to viewers: written once, sent to all. */
export interface Frame {
  /** As a server-sent event. */
  readonly sse: string;
  /** As a message of a WebSocket. */
  readonly message: string;
}

/** Writes an event. */
export function frameOf<Name extends keyof LiveEvents>(event: Name, data: LiveEvents[Name]): Frame {
  const json = JSON.stringify(data);
  return { sse: `event: ${event}\ndata: ${json}\n\n`, message: `{"event":"${event}","data":${json}}` };
}
