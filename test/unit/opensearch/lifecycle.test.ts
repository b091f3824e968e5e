import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { indexNames } from '../../../src/opensearch/index.js';
import { lifecyclePolicy } from '../../../src/opensearch/lifecycle.js';
import { faultsOfLiteral } from '../../support/faults-of-literal.js';

const here = fileURLToPath(import.meta.url);
const [POLICY, FROM] = [
  'Ism_Common.PutPolicyRequest',
  "import type * as Ism_Common from '@opensearch-project/opensearch/api/_types/ism._common.js';",
];
const faults = (document: unknown) => faultsOfLiteral(document, { type: POLICY, from: FROM, beside: here });

describe('the lifecycle policy', () => {
  const policy = lifecyclePolicy(indexNames('heart_rate', 'day'), 'day', 30);

  it('is what the published schema says, and nothing else', () => {
    expect(faults(policy)).toEqual([]);
  });

  it.each([
    ['a wrong type', { policy: { ...policy.policy, default_state: 1 } }],
    ['an unknown field', { policy: { ...policy.policy, start_state: 'kept' } }],
    ['an unknown action', { policy: { states: [{ name: 'deleted', actions: [{ remove: {} }] }] } }],
    ['another envelope', policy.policy],
  ])('would not pass with %s', (_, broken) => {
    expect(faults(broken)).toHaveLength(1);
  });
});
