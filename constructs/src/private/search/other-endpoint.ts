import type { SearchTarget, TargetProps } from './target';

/** An OpenSearch of which nothing is known but where it is, and a password perhaps. */
export function otherEndpoint(endpoint: string, props: TargetProps): SearchTarget {
  const { credentials, indexer, setup, dashboardsEndpoint } = props;
  credentials?.grantRead(indexer);
  credentials?.grantRead(setup);
  return {
    endpoint,
    dashboards: dashboardsEndpoint,
    auth: credentials ? 'basic' : 'none',
    ...(credentials && { credentials }),
    security: false,
    lifecycle: true,
    alerting: 'by itself',
    ready: [],
    watch: () => undefined,
    widgets: () => [],
  };
}
