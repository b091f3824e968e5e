import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { CfnCollection } from 'aws-cdk-lib/aws-opensearchserverless';
import type { IDomain } from 'aws-cdk-lib/aws-opensearchservice';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';
import type { PipelineSize } from '../../sizing/sizing';
import type { SpeedLayerProps } from '../../speed-layer-props';
import type { Alarms } from '../alarms';
import type { Network } from '../network';

/** Where samples are indexed, of whichever kind it is. */
export interface SearchTarget {
  /** URL of OpenSearch. */
  readonly endpoint: string;
  /** URL of OpenSearch Dashboards, where there are any. */
  readonly dashboards: string | undefined;
  readonly auth: 'es' | 'aoss' | 'basic' | 'none';
  readonly credentials?: ISecret;
  /** Whether the roles of fine-grained access control are put. */
  readonly security: boolean;
  /** Whether it deletes indices, and whether it alerts, by itself. */
  readonly lifecycle: boolean;
  readonly alerting: 'by role' | 'by itself' | undefined;
  readonly domain?: IDomain;
  readonly collection?: CfnCollection;
  /** What has to be there before it can be asked. */
  readonly ready: IDependable[];
  watch(alarms: Alarms): void;
  widgets(): IWidget[];
}

/** What a target is made from. */
export interface TargetProps extends SpeedLayerProps {
  readonly indexer: IRole;
  readonly setup: IRole;
  readonly name: string;
  readonly size: PipelineSize;
  readonly network: Network | undefined;
}
