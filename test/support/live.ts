import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { LiveEvents } from '../../src/dashboard/protocol.js';

/** An event of the live feed. */
type LiveEvent = {
  [Name in keyof LiveEvents]: { readonly event: Name; readonly data: LiveEvents[Name] };
}[keyof LiveEvents];

/** A viewer of the live feed. */
export interface LiveViewer {
  /** What has come so far. */
  readonly events: readonly LiveEvent[];
  /** The data of all events of one name that have come so far. */
  all<Name extends keyof LiveEvents>(name: Name): LiveEvents[Name][];
  /** Resolves when the connection is over. */
  readonly closed: Promise<void>;
  close(): void;
}

const viewerOf = (events: LiveEvent[], closed: Promise<void>, close: () => void): LiveViewer => ({
  events,
  all: (name) => events.filter(({ event }) => event === name).map(({ data }) => data) as never,
  closed,
  close,
});

/** Watches by server-sent events, as the standard reads them. */
export async function watch(url: string, headers: Record<string, string> = {}): Promise<LiveViewer> {
  const request = get(new URL('/live', url), { headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`It was answered by ${response.statusCode}.`);
  const events: LiveEvent[] = [];
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (\w+)\ndata: ([^\r\n]*)$/.exec(block) ?? [];
      if (event !== undefined) events.push({ event, data: JSON.parse(data ?? '') } as LiveEvent);
      else if (!/^retry: \d+$/.test(block)) throw new Error(`That is no event: ${block}`);
    }
  });
  const closed = new Promise<void>((resolve) => {
    response.on('close', resolve).on('error', () => undefined);
    request.on('error', () => undefined);
  });
  return viewerOf(events, closed, () => request.destroy());
}

/** Watches by WebSocket. */
export async function watchBySocket(url: string, headers: Record<string, string> = {}): Promise<LiveViewer> {
  const address = new URL('/live', url);
  address.protocol = 'ws:';
  const socket = new WebSocket(address, { headers });
  const events: LiveEvent[] = [];
  socket.on('message', (text) => events.push(JSON.parse(String(text)) as LiveEvent));
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await once(socket, 'open');
  return viewerOf(events, closed, () => socket.terminate());
}
