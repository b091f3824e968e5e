import type { OpenSearchRequest, TransportClient } from '../../src/opensearch/index.js';

interface Stored {
  _seq_no: number;
  _primary_term: number;
  policy: Record<string, unknown>;
}

/** An error as the client has it of an answer. */
const refusal = (statusCode: number) =>
  Object.assign(new Error(`status ${statusCode}`), { name: 'ResponseError', statusCode });

/**
 * Index State Management as far as `prepareIndex` asks of it, which no server here has: policies with the defaults that
 * the plugin adds, and numbers without which it takes no change.
 *
 * @param indices - The indices that are there.
 * @param refuse - A status to refuse a request with.
 */
export function lifecycles(
  indices: readonly string[] = [],
  refuse: (request: OpenSearchRequest) => number | undefined = () => undefined,
) {
  const policies = new Map<string, Stored>();
  const requests: OpenSearchRequest[] = [];
  let seq = 0;

  const answer = ({ method, path, body, querystring }: OpenSearchRequest): unknown => {
    const [, family, api, name = ''] = path.split('/').filter(Boolean);
    const alias = [{ name: 'heart_rate', indices: [...indices] }];
    if (path.startsWith('/_resolve')) {
      return { indices: indices.map((each) => ({ name: each, aliases: ['heart_rate'] })), aliases: alias };
    }
    if (family !== '_ism' || api !== 'policies') return {};
    const found = policies.get(name);
    if (method !== 'PUT' && !found) throw refusal(404);
    if (method === 'GET') return found;
    if (method === 'DELETE') return policies.delete(name);
    if (found && querystring?.if_seq_no !== `${found._seq_no}`) throw refusal(409);
    policies.set(name, { _seq_no: ++seq, _primary_term: 1, policy: withDefaults(name, body) });
    return {};
  };
  const client: TransportClient = {
    transport: {
      async request(request) {
        const status = refuse(request);
        if (status !== undefined) throw refusal(status);
        requests.push(request);
        return { body: answer(request) };
      },
    },
  };
  return {
    client,
    policies,
    /** What has been asked of Index State Management to change, without what comes of it. */
    changes: () =>
      requests
        .filter(({ method, path }) => method !== 'GET' && path.includes('_ism'))
        .map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
  };
}

/** What the plugin makes of a policy. */
function withDefaults(name: string, body: Record<string, unknown> | undefined): Record<string, unknown> {
  const retry = { count: 3, backoff: 'exponential', delay: '1m' };
  const text = JSON.stringify(body?.policy)
    .replace('{"delete":{}}', JSON.stringify({ retry, delete: {} }))
    .replace('"priority"', '"last_updated_time":1,"priority"');
  return { policy_id: name, last_updated_time: 1, schema_version: 21, ...JSON.parse(text) };
}
