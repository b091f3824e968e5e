import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a rule of AwsSolutions, such as `S1`, is not met on purpose. It is for those who check their app with
 * cdk-nag; the template stays the same.
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The same of resources that end in a wildcard: each of them alone, so that no other of that role goes unnoticed. */
export function acknowledgePaths(construct: IConstruct, resources: readonly string[], reason: string): void {
  const paths = Stack.of(construct).resolve(resources) as unknown[];
  for (const path of paths.map(flat).filter((its) => its.includes('*'))) {
    acknowledge(construct, `IAM5[Resource::${path}]`, reason);
  }
}

/** A resource as cdk-nag writes it: `<Bucket.Arn>/*`. */
function flat(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined } = resource as Intrinsic;
  if (joined) return joined[1].map(flat).join(joined[0]);
  return `<${attribute?.join('.') ?? Ref}>`;
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: [string, string];
  readonly 'Fn::Join'?: [string, unknown[]];
}
