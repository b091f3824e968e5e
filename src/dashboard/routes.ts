import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson, refuse } from './answer.js';
import { MINUTES_MAX } from './history.js';
import type { Page } from './pages.js';
import { sseViewer } from './sse.js';
import type { State } from './state.js';
import { VIEWERS_MAX } from './viewers.js';

/** A session's id has at most so many characters. */
const SESSION_MAX = 128;

/** Answers what is asked for at a path. */
export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** The feeds beside the pages, by path. */
export function routesOf(state: State, pages: ReadonlyMap<string, Page>): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([
    ['/live', live],
    ['/history', history],
    ['/summary', summary],
    [
      '/metrics',
      async (_, response) => answer(response, 200, state.metrics.type, await state.metrics.text()),
    ],
  ]);
  for (const [path, { type, body }] of pages) {
    routes.set(path, (_, response) => answer(response, 200, type, body));
  }
  return routes;

  function live(request: IncomingMessage, response: ServerResponse) {
    if (request.method === 'HEAD') return answer(response, 200, 'text/event-stream', '');
    if (state.viewers.count() >= VIEWERS_MAX) return refuse(response, 503, 'Too many watch already.');
    const viewer = sseViewer(response);
    response.on('close', () => state.viewers.remove(viewer));
    state.viewers.add(viewer, state.greeting());
  }

  async function history(_: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const minutes = Number(url.searchParams.get('minutes') ?? MINUTES_MAX);
    if (!(minutes > 0 && minutes <= MINUTES_MAX))
      return refuse(
        response,
        400,
        `minutes must be a number up to ${MINUTES_MAX}, such as /history?minutes=60.`,
      );
    await state.primed;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"sessions":[');
    let between = '';
    for (const session of state.history.of(minutes, Date.now())) {
      if (response.destroyed) return;
      const room = response.write(between + JSON.stringify(session));
      between = ',';
      // There may be many: what comes meanwhile need not wait for all of them.
      await (room ? nextTurn() : drained(response));
    }
    response.end(']}');
  }

  async function summary(_: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const session = url.searchParams.get('session') ?? '';
    if (session === '' || session.length > SESSION_MAX)
      return refuse(response, 400, 'session must be the id of a session, such as /summary?session=….');
    answerJson(response, 200, await state.summaries.of(session, performance.now()));
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** When it takes more, or nobody reads it any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
