import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { urlOf } from './answer.js';
import type { Guard } from './guard.js';
import type { State } from './state.js';
import { VIEWERS_MAX } from './viewers.js';
import { webSocketViewer } from './web-socket.js';

/** Viewers have nothing to say. */
const MESSAGE_MAX = 1_024;

/** Answers requests for a WebSocket. */
export function upgraderOf(guard: Guard, state: State) {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_MAX,
    perMessageDeflate: false,
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const url = urlOf(request);
    const refusal = url && guard.refuse(request, url);
    if (refusal) return close(socket, refusal.status);
    if (url?.pathname !== '/live') return close(socket, 404);
    if (state.viewers.count() >= VIEWERS_MAX) return close(socket, 503);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const viewer = webSocketViewer(webSocket);
      webSocket.on('close', () => state.viewers.remove(viewer));
      webSocket.on('error', () => viewer.drop());
      state.viewers.add(viewer, state.greeting());
    });
  };
}

/** Says no. The server no longer looks after the socket: one that its other end keeps open would stay for ever. */
function close(socket: Duplex, status: number): void {
  const text = `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(text, () => socket.destroy());
}
