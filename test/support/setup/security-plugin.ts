import type { Answer, Asked } from './web-server.js';

type Kept = Record<string, unknown>;

const KEYS: Readonly<Record<string, readonly string[]>> = {
  roles: ['description', 'cluster_permissions', 'index_permissions', 'tenant_permissions'],
  rolesmapping: ['description', 'backend_roles', 'and_backend_roles', 'hosts', 'users'],
};

/** The roles of fine-grained access control, and who has them: `_plugins/_security/api`. */
export function securityPlugin() {
  const kept = { roles: new Map<string, Kept>(), rolesmapping: new Map<string, Kept>() };
  return {
    ...kept,
    answer({ method, path, body }: Asked): Answer {
      const [, kind = '', name = ''] =
        /^\/_plugins\/_security\/api\/(roles|rolesmapping)\/([^/]+)$/.exec(path) ?? [];
      const all = kept[kind as keyof typeof kept];
      if (!all) return [404];
      if (method === 'DELETE')
        return all.delete(name) ? [200, { status: 'OK' }] : [404, { status: 'NOT_FOUND' }];
      if (method !== 'PUT') return [405];
      const content = JSON.parse(body.toString()) as Kept;
      const wrong = Object.entries(content).filter(
        ([key, value]) => !KEYS[kind]?.includes(key) || value === null,
      );
      if (wrong.length > 0) return [400, { status: 'error', invalid_keys: wrong }];
      if (kind === 'rolesmapping' && !kept.roles.has(name)) return [404, { status: 'NOT_FOUND' }];
      const status = all.has(name) ? 200 : 201;
      all.set(name, content);
      return [status, { status: status === 200 ? 'OK' : 'CREATED' }];
    },
  };
}
