import type { Properties } from './properties.js';

/** What CloudFormation asks of a custom resource. */
export interface ResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Where the answer goes; whoever knows it can answer. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** What the resource was called in the answer before this one; there is none yet for `Create`. */
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  /** As they were before an `Update`. */
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** What Lambda tells of an invocation. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/** A kind of resource. */
export interface Resource {
  /** What it is called; another name is another resource, and the one before is deleted. */
  name(properties: Properties): string;
  /** Makes it as it is to be, whatever is there; answers what the template may ask of it. */
  put(properties: Properties, work: Work): Promise<Record<string, string>>;
  /** Removes what belongs to it, unless that is to be kept. */
  remove?(properties: Properties, work: Work): Promise<void>;
}

/** What it is made with. */
interface Work {
  /** As it was before, where it is changed. */
  readonly before: Properties | undefined;
  /** Aborted where there is no time left. */
  readonly signal: AbortSignal;
}
