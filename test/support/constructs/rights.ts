import { render } from './render.ts';
import { ofType, type Synthesized } from './synth.ts';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

interface PolicyProperties {
  readonly PolicyDocument: { readonly Statement: Statement[] };
  readonly Roles?: readonly { readonly Ref: string }[];
}

/** The statements that are attached to a role, by a part of its id; of all roles without. */
export function statements(synthesized: Pick<Synthesized<unknown>, 'template'>, role = ''): Statement[] {
  return ofType(synthesized, 'AWS::IAM::Policy').flatMap(([, resource]) => {
    const { PolicyDocument, Roles = [] } = resource.Properties as unknown as PolicyProperties;
    return Roles.some(({ Ref }) => Ref.includes(role)) ? PolicyDocument.Statement : [];
  });
}

export const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What a role may do: resource by resource, which actions. */
export function rights(
  synthesized: Pick<Synthesized<unknown>, 'template'>,
  role: string,
): Record<string, string[]> {
  const byResource = new Map<string, Set<string>>();
  for (const { Effect, Action, Resource } of statements(synthesized, role)) {
    if (Effect !== 'Allow') throw new Error('A role of ours denies something.');
    for (const resource of listed(Resource).map(render)) {
      const actions = byResource.get(resource) ?? new Set();
      for (const action of listed(Action)) actions.add(action);
      byResource.set(resource, actions);
    }
  }
  return Object.fromEntries([...byResource].map(([resource, actions]) => [resource, [...actions].sort()]));
}
