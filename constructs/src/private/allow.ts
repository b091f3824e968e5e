import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Allows some actions, spelt out, on some resources. */
export const allow = (actions: string[], resources: string[]): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources });
