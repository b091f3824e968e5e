import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { Listener, type Outage } from '../aws-endpoint/listener.mjs';
import {
  type BulkDocument,
  type BulkItem,
  type DocumentFault,
  faultyItem,
  readBulk,
  writeBulk,
} from './bulk-body.ts';
import { type RequestFault, refusals, tooLarge } from './refusals.ts';

/** What goes wrong with `_bulk` requests. Everything may be changed at any time. */
export interface OpenSearchFaults {
  /** What happens to the request that has come in. */
  request?: () => RequestFault | undefined;
  /** What happens to a document, which then is not passed on. */
  document?: (document: BulkDocument) => DocumentFault | undefined;
  /** More bytes than this, unpacked, are refused with 413. */
  maxBytes?: number;
}

/** Everything that can go wrong. */
export type Fault = RequestFault | DocumentFault | 'tooLarge';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A port of loopback in front of an OpenSearch, where things go wrong that cannot be caused in it. */
export class OpenSearchProxy {
  faults: OpenSearchFaults = {};
  /** How often each fault has really happened. */
  readonly injected = new Map<Fault, number>();
  /** How many `_bulk` requests have come in. */
  requests = 0;
  readonly #target: string;
  readonly #listener = new Listener((request, response) => {
    // The client of OpenSearch speaks HTTP/1.1.
    this.#handle(request as IncomingMessage, response as ServerResponse).catch(() =>
      request.socket.destroy(),
    );
  });

  /** @param target - URL of the OpenSearch. */
  constructor(target: string) {
    this.#target = target;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#listener.port}`;
  }

  listen(): Promise<void> {
    return this.#listener.listen();
  }

  /** Lets it be away, or back with `undefined`. */
  outage(outage: Outage | undefined): Promise<void> {
    return this.#listener.outage(outage);
  }

  stop(): Promise<void> {
    return this.#listener.stop();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(request);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (!pathname.endsWith('/_bulk')) return answer(response, await this.#forward(request, body));

    this.requests++;
    if (body.length > (this.faults.maxBytes ?? Number.POSITIVE_INFINITY)) {
      this.#count('tooLarge');
      return answer(response, tooLarge);
    }
    const fault = this.faults.request?.();
    if (fault) this.#count(fault);
    if (fault === 'hangBefore') return;
    if (fault === 'resetBefore') return void request.socket.resetAndDestroy();
    if (fault && fault in refusals) return answer(response, refusals[fault as keyof typeof refusals]);

    const [, inPath = ''] = /^\/(.+)\/_bulk$/.exec(decodeURIComponent(pathname)) ?? [];
    const result = await this.#bulk(request, [...readBulk(body.toString(), inPath)]);
    if (fault === 'hangAfter') return;
    if (fault === 'resetAfter') return void request.socket.resetAndDestroy();
    answer(response, fault === 'notJson' ? { ...result, type: 'text/html', text: '<html></html>' } : result);
  }

  /** Passes on what nothing happens to, and answers for all. */
  async #bulk(request: IncomingMessage, documents: readonly BulkDocument[]): Promise<Answer> {
    const fates = documents.map((document) => this.faults.document?.(document));
    for (const fate of fates) if (fate) this.#count(fate);
    const passing = documents.filter((_, at) => fates[at] === undefined);
    const passed = passing.length > 0 ? await this.#forward(request, writeBulk(passing)) : undefined;
    if (passing.length === documents.length && passed) return passed;
    if (passed && passed.status >= 300) return passed;

    const { items: taken = [], ...rest } = JSON.parse(passed?.text ?? '{}') as { items?: BulkItem[] };
    const items = documents.map((document, at) => {
      const fate = fates[at];
      return fate ? faultyItem(document, fate) : taken.shift();
    });
    return { status: 200, type: 'application/json', text: JSON.stringify({ ...rest, errors: true, items }) };
  }

  async #forward(
    { method = 'GET', url = '/', headers }: IncomingMessage,
    body: Buffer | string,
  ): Promise<Answer> {
    const response = await fetch(new URL(url, this.#target), {
      method,
      headers: { 'content-type': headers['content-type'] ?? 'application/json' },
      ...(body.length > 0 && { body }),
    });
    const type = response.headers.get('content-type') ?? 'application/json';
    return { status: response.status, type, text: await response.text() };
  }

  #count(fault: Fault): void {
    this.injected.set(fault, (this.injected.get(fault) ?? 0) + 1);
  }
}

function answer(response: ServerResponse, { status, type, text }: Answer): void {
  // The client may have gone in the meantime.
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

export async function startOpenSearchProxy(target: string): Promise<OpenSearchProxy> {
  const proxy = new OpenSearchProxy(target);
  await proxy.listen();
  return proxy;
}
