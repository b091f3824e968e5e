import { App, type Environment, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

// The checks that the CDK makes by itself take ten times as long as all the rest; cfn-lint makes them in a test.
process.env.CDK_VALIDATION = 'false';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesized<Built> {
  readonly built: Built;
  readonly stack: Stack;
  readonly template: { readonly Resources: Record<string, Resource> };
  /** The folder that holds the template and its assets. */
  readonly outdir: string;
  /** What CloudFormation would have to be told by a look-up. */
  readonly missing: readonly unknown[];
}

/** The template of a stack called `Stack`. */
export function synth<Built>(build: (stack: Stack) => Built, env?: Environment): Synthesized<Built> {
  const app = new App();
  const stack = new Stack(app, 'Stack', env && { env });
  const built = build(stack);
  const assembly = app.synth();
  const { template } = assembly.getStackArtifact(stack.artifactId);
  return { built, stack, template, outdir: assembly.directory, missing: assembly.manifest.missing ?? [] };
}

const synthesized = new WeakMap<object, unknown>();

/** The same, once for each way to build a stack: for tests that only read it. */
export function synthOnce<Built>(build: (stack: Stack) => Built): Synthesized<Built> {
  const made = (synthesized.get(build) as Synthesized<Built> | undefined) ?? synth(build);
  synthesized.set(build, made);
  return made;
}

/** The id in the template of what a construct has made. */
export function idOf(construct: IConstruct): string {
  const resource = construct.node.defaultChild ?? construct;
  return Stack.of(construct).getLogicalId(resource as Parameters<Stack['getLogicalId']>[0]);
}

/** The resources of a type, by their ids. */
export const ofType = ({ template }: Pick<Synthesized<unknown>, 'template'>, type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** The properties of the one resource of a type whose id has a part. */
export function only(synthesized: Pick<Synthesized<unknown>, 'template'>, type: string, part = '') {
  const found = ofType(synthesized, type).filter(([id]) => id.includes(part));
  const [first] = found;
  if (!first || found.length > 1) {
    throw new Error(`${found.length} of ${type} are called ${part}: ${found.map(([id]) => id)}`);
  }
  return first[1].Properties ?? {};
}
