import { ask, type TransportClient } from './ask.js';
import type { IndexNames, Rotation } from './index-names.js';

/**
 * What became of the lifecycle policy: `created`, `updated` or `unchanged`; `none` where nothing is to be deleted and
 * nothing will; `unavailable` where the server has no lifecycle policies, so that **nothing is ever deleted**.
 */
export type Lifecycle = 'created' | 'updated' | 'unchanged' | 'none' | 'unavailable';

/** Samples of so many days, at most, share an index. */
const DAYS = { day: 1, month: 31 };
/** What a server without lifecycle policies, such as OpenSearch Serverless, answers; 404 may also mean no policy. */
const NO_SUCH_API = [400, 405, 501];
/** Nor is it for whoever may not see them. */
const NOT_ALLOWED = [401, 403];

/** A lifecycle policy, as Index State Management takes it. */
export interface LifecyclePolicy {
  readonly policy: Record<string, unknown>;
}

/**
 * The policy that deletes an index when its youngest sample has been kept for some days.
 *
 * @param retention - Days.
 */
export function lifecyclePolicy(
  names: IndexNames,
  rotation: Exclude<Rotation, 'none'>,
  retention: number,
): LifecyclePolicy {
  return {
    policy: {
      description: `Keeps the samples behind ${names.alias} for ${retention} days.`,
      default_state: 'kept',
      states: [
        {
          name: 'kept',
          actions: [],
          // Its age counts from its first sample, and its last one is younger.
          transitions: [
            { state_name: 'deleted', conditions: { min_index_age: `${retention + DAYS[rotation]}d` } },
          ],
        },
        { name: 'deleted', actions: [{ delete: {} }], transitions: [] },
      ],
      ism_template: [{ index_patterns: [...names.patterns], priority: names.priority }],
    },
  };
}

interface StoredPolicy {
  readonly _seq_no: number;
  readonly _primary_term: number;
  readonly policy: Record<string, unknown>;
}

/**
 * Puts, updates or removes the policy. Indices that exist follow: left to themselves they would keep the policy, or the
 * lack of one, that they were made with.
 *
 * @param policy - What is to hold; `undefined` for none.
 * @param hasIndices - Whether there are indices already.
 */
export async function putLifecycle(
  client: TransportClient,
  { alias, patterns }: IndexNames,
  policy: LifecyclePolicy | undefined,
  hasIndices: boolean,
): Promise<Lifecycle> {
  const path = `/_plugins/_ism/policies/${encodeURIComponent(alias)}`;
  const manage = async (verb: 'add' | 'change_policy' | 'remove') => {
    const indices = encodeURIComponent(patterns.join(','));
    const body = verb === 'remove' ? {} : { body: { policy_id: alias } };
    if (hasIndices) await ask(client, { method: 'POST', path: `/_plugins/_ism/${verb}/${indices}`, ...body });
  };

  const missing = policy ? NO_SUCH_API : [...NO_SUCH_API, ...NOT_ALLOWED];
  const found = await ask<StoredPolicy | 'none'>(client, { method: 'GET', path }, missing).catch((error) => {
    if (error.status === 404) return 'none' as const;
    throw error;
  });
  if (found === undefined) return 'unavailable';
  if (found === 'none' && !policy) return 'none';
  if (!policy) {
    await manage('remove');
    await ask(client, { method: 'DELETE', path });
    return 'updated';
  }
  if (found !== 'none' && holds(found.policy, policy.policy)) return 'unchanged';
  const querystring = found !== 'none' && {
    if_seq_no: `${found._seq_no}`,
    if_primary_term: `${found._primary_term}`,
  };
  const put = await ask(
    client,
    { method: 'PUT', path, body: { ...policy }, ...(querystring && { querystring }) },
    // Serverless answers 404 to every path it does not know, so that no policy is found there either.
    [404, 405, 501],
  );
  if (put === undefined) return 'unavailable';
  if (found !== 'none') await manage('change_policy');
  await manage('add');
  return found === 'none' ? 'created' : 'updated';
}

/** Whether all that is expected is there; the server adds defaults and times of its own. */
function holds(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null) return false;
  if (Array.isArray(expected) && expected.length !== (actual as unknown[]).length) return false;
  return Object.entries(expected).every(([key, value]) => holds((actual as never)[key], value));
}
