import type { WebSocket } from 'ws';
import type { Viewer } from './viewers.js';

/** The server goes away, and may come again. */
const GOING_AWAY = 1001;
/** So long a viewer has to answer that, milliseconds: a machine that sleeps does not. */
const PATIENCE = 200;

/** A viewer by WebSocket. */
export function webSocketViewer(socket: WebSocket): Viewer {
  return {
    transport: 'websocket',
    waiting: () => socket.bufferedAmount,
    send(frames) {
      for (const { message } of frames) socket.send(message);
    },
    end() {
      socket.close(GOING_AWAY);
      setTimeout(() => socket.terminate(), PATIENCE).unref();
    },
    drop: () => socket.terminate(),
  };
}
