import type { ServerResponse } from 'node:http';
import type { Viewer } from './viewers.js';

/** After so many milliseconds a browser whose connection was cut comes again. */
const RETRY = 500;

/** A viewer by server-sent events. */
export function sseViewer(response: ServerResponse): Viewer {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    // Some proxies would wait for more.
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${RETRY}\n\n`);
  return {
    transport: 'sse',
    waiting: () => response.writableLength,
    send: (frames) => void response.write(frames.map(({ sse }) => sse).join('')),
    end: () => void response.end(),
    drop: () => void response.destroy(),
  };
}
