import type { Answer, Asked } from './web-server.js';

type Kept = Record<string, unknown> & { readonly name?: string };

const MISSING: Answer = [404, { error: { type: 'status_exception' }, status: 404 }];

/** The channels of the Notifications plugin, and the monitors of the Alerting plugin. */
export function alertingPlugin() {
  const channels = new Map<string, Kept>();
  const monitors = new Map<string, Kept>();
  let made = 0;

  function channel(method: string, id: string | undefined, body: Kept): Answer {
    if (method === 'POST') {
      const { config_id: own, config } = body as { config_id?: string; config?: Kept };
      if (!own || !/^[\w-]+$/.test(own) || !config) return [400];
      // It has no index of channels before the first one, and takes no id twice.
      if (channels.has(own))
        return [409, { error: { type: 'version_conflict_engine_exception' }, status: 409 }];
      channels.set(own, config);
      return [200, { config_id: own }];
    }
    if (!id || !channels.has(id)) return MISSING;
    if (method === 'PUT') channels.set(id, (body as { config: Kept }).config);
    else if (method === 'DELETE') channels.delete(id);
    else return [405];
    return [200, method === 'PUT' ? { config_id: id } : { delete_response_list: { [id]: 'OK' } }];
  }

  function monitor(method: string, id: string | undefined, body: Kept): Answer {
    if (method === 'POST' && id === '_search') return search(body);
    if (method === 'POST' && id === undefined) {
      const own = `monitor/${++made}`;
      monitors.set(own, body);
      return [201, { _id: own, _version: 1, monitor: body }];
    }
    if (!id || !monitors.has(id)) return MISSING;
    if (method === 'PUT') monitors.set(id, body);
    else if (method === 'DELETE') monitors.delete(id);
    else return [405];
    return [200, { _id: id }];
  }

  function search(body: Kept): Answer {
    if (made === 0) return [404, { error: { type: 'index_not_found_exception' }, status: 404 }];
    const { query, size = 10 } = body as { query?: { match_phrase?: Record<string, string> }; size?: number };
    const phrase = wordsOf(query?.match_phrase?.['monitor.name'] ?? '');
    const hits = [...monitors].filter(([, { name = '' }]) => `${wordsOf(name)} `.includes(`${phrase} `));
    return [200, { hits: { hits: hits.slice(0, size).map(([_id, _source]) => ({ _id, _source })) } }];
  }

  return {
    channels,
    monitors,
    answer({ method, path, body }: Asked): Answer {
      const [, kind, id] =
        /^\/_plugins\/(_notifications\/configs|_alerting\/monitors)(?:\/(.+))?$/.exec(path) ?? [];
      const content = body.length > 0 ? (JSON.parse(body.toString()) as Kept) : {};
      if (kind === undefined) return [404];
      return (kind === '_alerting/monitors' ? monitor : channel)(method, id, content);
    },
  };
}

/** As the standard analyzer takes a text apart, in which a phrase is words one after the other. */
const wordsOf = (text: string) => ` ${(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(' ')}`;
