import { alertingPlugin } from './alerting-plugin.js';
import { dashboardsServer } from './dashboards-server.js';
import { securityPlugin } from './security-plugin.js';
import { type Answer, type Asked, startWebServer } from './web-server.js';

/** OpenSearch with the plugins, and with Dashboards, as far as they are set up: no server that can be had here has them. */
export async function startCluster() {
  const templates = new Map<string, { template: Record<string, unknown> }>();
  const policies = new Map<string, unknown>();
  const security = securityPlugin();
  const alerting = alertingPlugin();
  const dashboards = dashboardsServer();

  function index({ method, path, body }: Asked): Answer {
    const [, family = '', name = ''] =
      /^\/(_index_template|_resolve\/index|_plugins\/_ism\/policies)\/(.+)$/.exec(path) ?? [];
    const content = () => JSON.parse(body.toString());
    if (family === '_resolve/index') return [200, { indices: [], aliases: [], data_streams: [] }];
    if (family === '_index_template') {
      templates.set(name, content());
      return [200, { acknowledged: true }];
    }
    if (family === '') return [400, { error: `no handler found for uri [${path}] and method [${method}]` }];
    const found = policies.get(name);
    if (method === 'PUT') policies.set(name, { _seq_no: 1, _primary_term: 1, ...content() });
    return method === 'PUT' || found ? [200, found] : [404];
  }

  const server = await startWebServer((asked) => {
    if (asked.path.startsWith('/_dashboards/')) return dashboards.answer(asked);
    if (asked.path.startsWith('/_plugins/_security/')) return security.answer(asked);
    if (/^\/_plugins\/_(alerting|notifications)\//.test(asked.path)) return alerting.answer(asked);
    return index(asked);
  });
  return { ...server, templates, policies, security, alerting, dashboards };
}
