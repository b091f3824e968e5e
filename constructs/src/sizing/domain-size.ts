import type { NodeType } from './prices';

/** How large the domain is. */
export interface DomainSize {
  readonly dataNodes: number;
  readonly dataNodeInstanceType: NodeType;
  readonly availabilityZones: number;
  readonly masterNodes: number;
  readonly masterNodeInstanceType: NodeType;
  readonly volumeSize: number;
  readonly indexShards: number;
  readonly indexReplicas: number;
  readonly rotation: 'day' | 'month';
  /** All shards of all indices. */
  readonly shards: number;
}
