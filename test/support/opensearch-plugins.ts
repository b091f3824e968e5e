import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { alertingPlugin } from './setup/alerting-plugin.js';
import { dashboardsServer } from './setup/dashboards-server.js';
import type { Answer, Asked } from './setup/web-server.js';

/** Changes nothing, though it is no GET. */
const SEARCH = /_search$/;

/**
 * The real OpenSearch at a URL with the few plugins that its distribution here has not, kept in memory: alerting,
 * notifications, index state management, and the import of OpenSearch Dashboards. Everything else is handed through.
 */
export async function startWithPlugins(opensearch: string) {
  const alerting = alertingPlugin();
  const dashboards = dashboardsServer();
  const policies = new Map<string, object>();
  const changes: string[] = [];
  const pluginOf = (path: string) => {
    if (path.startsWith('/_dashboards/')) return dashboards.answer;
    if (/^\/_plugins\/_(alerting|notifications)\//.test(path)) return alerting.answer;
    return path.startsWith('/_plugins/_ism/') ? stateManagement(policies) : undefined;
  };

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = message;
    const { pathname, searchParams: query } = new URL(message.url ?? '', opensearch);
    const path = decodeURIComponent(pathname);
    const plugin = pluginOf(path);
    if (!plugin) return handThrough(opensearch, message, response);
    if (method !== 'GET' && !SEARCH.test(path)) changes.push(`${method} ${path}`);
    const body = await buffer(message);
    const answer = await plugin({ method, path, query, headers: headers as Record<string, string>, body });
    const [status, content = {}] = answer ?? [500];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ monitors: alerting.monitors, channels: alerting.channels, policies },
    savedObjects: dashboards.objects,
    /** Every request that changed something in a plugin. */
    changes,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const stateManagement =
  (policies: Map<string, object>) =>
  ({ method, path, body }: Asked): Answer => {
    const id = /\/policies\/(.+)$/.exec(path)?.[1];
    // What is told to indices, which have no policies here.
    if (id === undefined) return [200, { updated_indices: 0, failures: false, failed_indices: [] }];
    const found = policies.get(id);
    if (method === 'PUT') policies.set(id, JSON.parse(body.toString()));
    else if (!found) return [404];
    return [200, { _id: id, _seq_no: 0, _primary_term: 1, ...policies.get(id) }];
  };

async function handThrough(to: string, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers, url = '/' } = message;
  const onward = request(new URL(url, to), { method, headers });
  message.pipe(onward);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
}
