import type { IncomingMessage, ServerResponse } from 'node:http';

/** With every answer. Heart rates are health data: nobody keeps them on the way, and no page of another site has them. */
const headers: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Puts those on an answer. */
export function secure(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Answers as a whole. */
export function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers with JSON. */
export const answerJson = (response: ServerResponse, status: number, value: unknown): void =>
  answer(response, status, 'application/json', JSON.stringify(value));

/** Answers that something is not so, for a person. */
export const refuse = (response: ServerResponse, status: number, reason: string): void =>
  answer(response, status, 'text/plain; charset=utf-8', `${reason}\n`);

/** What is asked for; `undefined` where that is no path. */
export function urlOf({ url = '' }: IncomingMessage): URL | undefined {
  const base = 'http://dashboard';
  return url.startsWith('/') && URL.canParse(base + url) ? new URL(base + url) : undefined;
}
