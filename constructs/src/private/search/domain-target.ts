import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IDomain } from 'aws-cdk-lib/aws-opensearchservice';
import type { IDependable } from 'constructs';
import type { PipelineSize } from '../../sizing/sizing';
import { FREE } from '../../sizing/volume';
import { acknowledgePaths } from '../acknowledge';
import type { Alarms } from '../alarms';
import { allow } from '../allow';
import type { SearchTarget, TargetProps } from './target';

const MINUTE = { period: Duration.minutes(1) };

/** What makes a domain one that is indexed into, whoever has made it. */
export function domainTarget(
  domain: IDomain,
  { indexer, setup, viewers = [], index = 'heart_rate' }: TargetProps,
  own: { readonly security: boolean; readonly size?: PipelineSize; readonly ready: IDependable[] },
): SearchTarget {
  const path = (...paths: string[]) => paths.map((its) => `${domain.domainArn}/${its}`);
  const bulk = path('_bulk', `${index}/_bulk`, `${index}-*/_bulk`);
  indexer.addToPrincipalPolicy(allow(['es:ESHttpPost'], bulk));
  acknowledgePaths(indexer, bulk, 'The name of an index ends in its day or month.');
  const prepared = path(
    '_index_template/*',
    '_resolve/index/*',
    '_plugins/_ism/*',
    '_plugins/_security/api/*',
    '_plugins/_alerting/monitors*',
    '_plugins/_notifications/configs*',
    '_dashboards/api/saved_objects/_import',
  );
  setup.addToPrincipalPolicy(
    allow(['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'], prepared),
  );
  acknowledgePaths(setup, prepared, 'OpenSearch has several documents below each of these paths.');
  // It makes the first index, and could delete none.
  setup.addToPrincipalPolicy(allow(['es:ESHttpPut'], path(index, `${index}-*`)));
  acknowledgePaths(setup, path(index, `${index}-*`), 'The name of an index ends in its day or month.');
  for (const viewer of viewers) {
    viewer.addToPrincipalPolicy(
      allow(['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'], path('*')),
    );
    acknowledgePaths(viewer, path('*'), 'What viewers see of the domain is for its own roles to say.');
  }
  return {
    endpoint: `https://${domain.domainEndpoint}`,
    dashboards: `https://${domain.domainEndpoint}/_dashboards`,
    auth: 'es',
    security: own.security,
    lifecycle: true,
    alerting: 'by role',
    domain,
    ready: own.ready,
    watch: (alarms) => watch(alarms, domain, own.size),
    widgets: () => [
      graph(
        'Domain: status',
        domain.metricClusterStatusRed(MINUTE),
        domain.metricClusterStatusYellow(MINUTE),
      ),
      graph('Domain: load, %', domain.metricCPUUtilization(), domain.metricJVMMemoryPressure()),
      graph('Domain: free storage of the fullest node, MiB', domain.metricFreeStorageSpace()),
    ],
  };
}

const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 8 });

function watch(alarms: Alarms, domain: IDomain, size: PipelineSize | undefined): void {
  alarms.add('Red', {
    metric: domain.metricClusterStatusRed(MINUTE),
    description: 'A primary shard is nowhere: samples of it cannot be found, and none are indexed into it.',
    threshold: 0,
  });
  // On a single node it is yellow for ever: the plugins make indices of their own with a copy that has no place there.
  if (size?.dataNodes !== 1) {
    alarms.add('Yellow', {
      metric: domain.metricClusterStatusYellow(MINUTE),
      description: 'A copy of a shard is nowhere: more nodes, or fewer copies.',
      threshold: 0,
      periods: 15,
    });
  }
  alarms.add('WritesBlocked', {
    metric: domain.metricClusterIndexWritesBlocked(MINUTE),
    description: 'The domain takes no samples: it is out of storage or memory. They wait in the stream.',
    threshold: 0,
    periods: 5,
  });
  alarms.add('Memory', {
    metric: domain.metricJVMMemoryPressure(),
    description: 'The domain is short of memory: larger nodes, or fewer shards.',
    threshold: 92,
    periods: 3,
  });
  alarms.add('Busy', {
    metric: domain.metricCPUUtilization(),
    description: 'The domain is busy: larger or more nodes.',
    threshold: 80,
    periods: 6,
  });
  if (size) {
    alarms.add('StorageLow', {
      metric: domain.metricFreeStorageSpace(),
      description: `Less than a quarter of the ${size.volumeSize} GiB of a node is free: larger volumes, or a shorter retention.`,
      threshold: Math.round(size.volumeSize * 1024 * FREE),
      below: true,
    });
  }
}
