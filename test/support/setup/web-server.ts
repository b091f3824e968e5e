import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Asked {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What is answered; `undefined` is never. */
export type Answer = readonly [status: number, body?: unknown] | undefined;

export interface WebServer {
  readonly url: string;
  /** In the order of arrival. */
  readonly asked: readonly Asked[];
  /** Answers what fits so, in place of the server, so many times. */
  fail(times: number, path: RegExp, answer: Answer): void;
  close(): void;
}

/** A server on loopback. */
export async function startWebServer(answer: (asked: Asked) => Answer | Promise<Answer>): Promise<WebServer> {
  const asked: Asked[] = [];
  const faults: { times: number; path: RegExp; answer: Answer }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any');
    const { method = '', headers } = request;
    const got: Asked = {
      method,
      path: decodeURIComponent(pathname),
      query: searchParams,
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    };
    asked.push(got);
    const fault = faults.find(({ times, path }) => times > 0 && path.test(`${method} ${got.path}`));
    if (fault) fault.times--;
    const given = fault ? fault.answer : await answer(got);
    if (!given) return;
    const [status, body = {}] = given;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (times, path, given) => faults.push({ times, path, answer: given }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
