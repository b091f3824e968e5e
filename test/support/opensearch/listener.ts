import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An HTTP server that keeps what it is sent. */
export interface Listener {
  readonly url: string;
  /** In the order of arrival. */
  readonly received: readonly Received[];
  /** Answers so from now on; `undefined` for never. */
  answer(status: number | undefined, body?: string): void;
  close(): void;
}

/** Starts one on loopback. */
export async function startListener(): Promise<Listener> {
  const received: Received[] = [];
  let status: number | undefined = 200;
  let text = '{}';
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    received.push({
      method,
      url,
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    if (status !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer(next, body = '{}') {
      status = next;
      text = body;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
