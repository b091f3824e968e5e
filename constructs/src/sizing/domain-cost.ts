import type { DomainSize } from './domain-size';
import { HOURS_A_MONTH, type NodeType, PRICES } from './prices';

/** What a domain costs in a month, USD. */
export function domainUsd(domain: DomainSize): number {
  const { dataNodes, dataNodeInstanceType, masterNodes, masterNodeInstanceType, volumeSize } = domain;
  return (
    nodesUsd(dataNodeInstanceType, dataNodes) +
    nodesUsd(masterNodeInstanceType, masterNodes) +
    dataNodes * volumeSize * PRICES.gp3GibMonth
  );
}

const nodesUsd = (type: NodeType, count: number) => count * PRICES.nodeHour[type] * HOURS_A_MONTH;
