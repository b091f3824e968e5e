import { ask } from '../../../src/opensearch/ask.js';
import type { IndexOptions } from '../../../src/opensearch/index.js';
import { namesOf } from '../../../src/opensearch/index-options.js';
import type { SetupClient } from './client.js';
import { doing } from './errors.js';

const API = '/_plugins/_security/api';

/** A role of fine-grained access control. */
interface Role {
  readonly description: string;
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly {
    readonly index_patterns: readonly string[];
    readonly allowed_actions: readonly string[];
  }[];
  readonly tenant_permissions?: readonly {
    readonly tenant_patterns: readonly string[];
    readonly allowed_actions: readonly string[];
  }[];
}

/** Who may do what. */
export interface RoleOptions extends IndexOptions {
  /** ARN of the role of the indexer. */
  readonly indexer: string;
  /** ARNs of the roles of people. */
  readonly viewers: readonly string[];
}

/**
 * Puts a role for the indexer, which may write samples and nothing else, and one for people, who may read them and look
 * at dashboards. Both belong to the index, so that nobody else's are touched, nor the ones that come with the plugin.
 */
export async function putRoles(client: SetupClient, options: RoleOptions): Promise<void> {
  const { alias, patterns, rejected } = namesOf(options);
  const name = (who: string) => `liveheartrate-${alias}-${who}`;
  await put(client, name('indexer'), [options.indexer], {
    description: `Indexes samples into ${alias}.`,
    cluster_permissions: ['indices:data/write/bulk'],
    index_permissions: [
      {
        index_patterns: [...patterns, rejected],
        allowed_actions: ['indices:data/write/bulk*', 'indices:data/write/index', 'create_index'],
      },
    ],
  });
  await put(client, name('viewer'), options.viewers, {
    description: `Looks at the samples in ${alias}, and at dashboards.`,
    cluster_permissions: ['cluster_composite_ops_ro'],
    index_permissions: [
      { index_patterns: [...new Set([alias, ...patterns, rejected])], allowed_actions: ['read'] },
      // Dashboards reads what it shows with the rights of who looks.
      { index_patterns: ['.kibana*', '.opensearch_dashboards*'], allowed_actions: ['read'] },
    ],
    tenant_permissions: [{ tenant_patterns: ['global_tenant'], allowed_actions: ['kibana_all_read'] }],
  });
}

/** Puts a role and who has it; where nobody does, there is none. */
async function put(client: SetupClient, name: string, members: readonly string[], role: Role): Promise<void> {
  const paths = ['roles', 'rolesmapping'].map((kind) => `${API}/${kind}/${encodeURIComponent(name)}`);
  const [path = '', mapping = ''] = paths;
  const send = (method: string, to: string, body?: Record<string, unknown>) =>
    doing(
      `The role ${name}`,
      ask(client, { method, path: to, ...(body && { body }) }, method === 'DELETE' ? [404] : []),
    );
  if (members.length === 0) {
    await send('DELETE', mapping);
    await send('DELETE', path);
    return;
  }
  await send('PUT', path, { ...role });
  await send('PUT', mapping, { backend_roles: members, users: [], hosts: [] });
}
