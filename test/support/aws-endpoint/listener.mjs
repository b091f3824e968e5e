import { once } from 'node:events';
import { createServer as createHttp1 } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {import('node:http').IncomingMessage | import('node:http2').Http2ServerRequest} AnyRequest
 * @typedef {import('node:http').ServerResponse | import('node:http2').Http2ServerResponse} AnyResponse
 * @typedef {'reset' | 'refuse'} Outage whether connections are reset at once, or there is nobody to connect to
 */

const LOOPBACK = '127.0.0.1';
const KEEP_ALIVE_MS = 60_000;
const REBIND_MS = 5_000;

/** One port of loopback that speaks HTTP/1.1, and HTTP/2 to those who begin with it. */
export class Listener {
  port = 0;
  /** How many connections were opened so far, and not reset at once. */
  connections = 0;
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  /** @type {Outage | undefined} */
  #outage;
  #server = createServer();
  #http1;
  #http2;

  /** @param {(request: AnyRequest, response: AnyResponse) => void} onRequest */
  constructor(onRequest) {
    this.#http1 = createHttp1({ keepAliveTimeout: KEEP_ALIVE_MS }, onRequest);
    this.#http2 = createHttp2(onRequest);
    // A client that goes away in the middle is what this is for.
    this.#http2.on('sessionError', () => {});
  }

  async listen() {
    this.#server = createServer({ noDelay: true }, (socket) => this.#connected(socket));
    this.#server.listen(this.port, LOOPBACK);
    await once(this.#server, 'listening');
    this.port = /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  /** Lets an outage begin, or end with `undefined`. Open connections are reset. @param {Outage | undefined} outage */
  async outage(outage) {
    this.#outage = outage;
    if (outage) this.resetAll();
    if (outage === 'refuse') await this.#close();
    else if (!this.#server.listening) await this.#listenAgain();
  }

  resetAll() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    await this.#close();
    this.#http1.close();
    this.#http2.close();
  }

  /** @param {import('node:net').Socket} socket */
  #connected(socket) {
    socket.on('error', () => {});
    if (this.#outage) {
      socket.resetAndDestroy();
      return;
    }
    this.connections++;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      // The preface of HTTP/2 begins with PRI, which no other request does.
      if (first[0] === 0x50 && first[1] === 0x52) {
        this.#http2.emit('connection', socket);
      } else {
        this.#http1.emit('connection', socket);
        socket.resume();
      }
    });
  }

  async #close() {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  /** Somebody else may have been given the port for a moment. */
  async #listenAgain() {
    for (const deadline = Date.now() + REBIND_MS; ; await sleep(20)) {
      try {
        return await this.listen();
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}
