import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, refuse, secure, urlOf } from './answer.js';
import type { Guard } from './guard.js';
import type { Route } from './routes.js';

/** Where a token in the URL becomes a cookie; the feeds are for programs, which bring it each time. */
const PAGES = ['/', '/overlay'];

/** Answers requests. */
export function handlerOf(guard: Guard, routes: ReadonlyMap<string, Route>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    secure(response);
    response.on('error', () => undefined);
    const url = urlOf(request);
    if (url === undefined) return refuse(response, 400, 'That is no path.');
    const refusal = guard.refuse(request, url);
    if (refusal) {
      if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer');
      return refuse(response, refusal.status, refusal.reason);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return refuse(response, 405, 'There is nothing to change here: ask by GET.');
    }
    const cookie = guard.cookieFor(url);
    if (cookie !== undefined && PAGES.includes(url.pathname)) return remember(response, cookie, url.pathname);
    try {
      const route = routes.get(url.pathname);
      if (route === undefined) return refuse(response, 404, 'There is nothing here.');
      await route(request, response, url);
    } catch {
      // What it was may name what nobody need know.
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The archive could not be asked.');
    }
  };
}

/**
 * Leads to the page without the token, which then is in no bookmark and no picture of the screen. The page does that, not
 * the status: after a link in a mail or chat a browser would not bring the new cookie along.
 */
function remember(response: ServerResponse, cookie: string, path: string): void {
  response.setHeader('set-cookie', cookie);
  response.setHeader('refresh', `0; url=${path}`);
  const page = `<!doctype html><html lang="en"><title>liveheartrate</title><p><a href="${path}">Go on</a></html>`;
  answer(response, 200, 'text/html; charset=utf-8', page);
}
