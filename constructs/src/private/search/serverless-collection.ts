import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { GraphWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnAccessPolicy, CfnCollection, CfnSecurityPolicy } from 'aws-cdk-lib/aws-opensearchserverless';
import { Construct } from 'constructs';
import { allow } from '../allow';
import type { SearchTarget, TargetProps } from './target';

const READ = ['aoss:DescribeIndex', 'aoss:ReadDocument'];
const WRITE = ['aoss:CreateIndex', 'aoss:WriteDocument'];

/** A collection of OpenSearch Serverless, of the type that takes ids of one's own, with the policies it needs. */
export function serverlessCollection(parent: Construct, props: TargetProps): SearchTarget {
  const { indexer, setup, viewers = [], encryptionKey, name } = props;
  const scope = new Construct(parent, 'Search');
  const stack = Stack.of(scope);
  const resource = [`collection/${name}`];

  const encryption = new CfnSecurityPolicy(scope, 'Encryption', {
    name,
    type: 'encryption',
    policy: stack.toJsonString({
      Rules: [{ ResourceType: 'collection', Resource: resource }],
      ...(encryptionKey ? { KmsARN: encryptionKey.keyArn } : { AWSOwnedKey: true }),
    }),
  });
  const network = new CfnSecurityPolicy(scope, 'Network', {
    name,
    type: 'network',
    policy: stack.toJsonString([
      {
        Rules: ['collection', 'dashboard'].map((type) => ({ ResourceType: type, Resource: resource })),
        AllowFromPublic: true,
      },
    ]),
  });
  const collection = new CfnCollection(scope, 'Collection', {
    name,
    type: 'SEARCH',
    description: 'Heart-rate samples',
  });
  collection.addResourceDependency(encryption);
  collection.addResourceDependency(network);
  // A collection that is kept is of no use without its key and its network.
  for (const kept of [encryption, network, collection]) {
    kept.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  const rule = (roles: IRole[], index: string[], items: string[]) => ({
    Rules: [
      { ResourceType: 'index', Resource: [`index/${name}/*`], Permission: index },
      ...(items.length > 0 ? [{ ResourceType: 'collection', Resource: resource, Permission: items }] : []),
    ],
    Principal: roles.map(({ roleArn }) => roleArn),
  });
  const items = ['aoss:DescribeCollectionItems', 'aoss:CreateCollectionItems', 'aoss:UpdateCollectionItems'];
  const access = new CfnAccessPolicy(scope, 'Access', {
    name,
    type: 'data',
    policy: stack.toJsonString([
      rule([indexer], WRITE, []),
      rule([setup], [...READ, ...WRITE, 'aoss:UpdateIndex'], items),
      ...(viewers.length > 0 ? [rule(viewers, READ, items.slice(0, 1))] : []),
    ]),
  });
  const dashboards = stack.formatArn({ service: 'aoss', resource: 'dashboards', resourceName: 'default' });
  for (const role of [indexer, setup, ...viewers]) {
    role.addToPrincipalPolicy(allow(['aoss:APIAccessAll'], [collection.attrArn]));
  }
  for (const role of [setup, ...viewers]) {
    role.addToPrincipalPolicy(allow(['aoss:DashboardsAccessAll'], [dashboards]));
  }

  const metric = (metricName: string) =>
    new Metric({
      namespace: 'AWS/AOSS',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { ClientId: stack.account, CollectionId: collection.attrId, CollectionName: name },
    });
  return {
    endpoint: collection.attrCollectionEndpoint,
    dashboards: collection.attrDashboardEndpoint,
    auth: 'aoss',
    security: false,
    lifecycle: false,
    alerting: undefined,
    collection,
    ready: [collection, access],
    watch: (alarms) =>
      alarms.add('CollectionErrors', {
        metric: metric('5xx'),
        description: 'The collection fails. Samples wait in the stream.',
        threshold: 0,
        periods: 3,
      }),
    widgets: () => [
      new GraphWidget({
        title: 'Collection: answers',
        left: [metric('2xx'), metric('4xx'), metric('5xx')],
        width: 24,
      }),
    ],
  };
}
