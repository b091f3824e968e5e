import type { Construct } from 'constructs';
import type { SpeedLayerProps } from '../../speed-layer-props';
import { checkUrl } from '../check-address';
import { refuse } from '../refuse';
import { domainTarget } from './domain-target';
import { managedDomain } from './managed-domain';
import { otherEndpoint } from './other-endpoint';
import { serverlessCollection } from './serverless-collection';
import type { SearchTarget, TargetProps } from './target';

/** Where samples are indexed. */
export function targetOf(scope: Construct, props: TargetProps): SearchTarget {
  const { domain, endpoint, serverless = false, fineGrainedAccess = false } = props;
  if (domain) return domainTarget(domain, props, { security: fineGrainedAccess, ready: [] });
  if (serverless) return serverlessCollection(scope, props);
  return endpoint === undefined ? managedDomain(scope, props) : otherEndpoint(endpoint, props);
}

/** Refuses what does not go together. */
export function checkTarget(props: SpeedLayerProps): void {
  const { domain, endpoint, serverless = false } = props;
  const given = [domain && 'domain', endpoint !== undefined && 'endpoint', serverless && 'serverless'].filter(
    Boolean,
  );
  if (given.length > 1) {
    throw new Error(`${given.join(' and ')} each say where samples are indexed: leave all but one out.`);
  }
  const isMade = given.length === 0 || serverless;
  refuse(
    props.fineGrainedAccess === true && !domain,
    'fineGrainedAccess is of a domain that is there: give domain.',
  );
  refuse(props.credentials && endpoint === undefined, 'credentials are for an endpoint: give endpoint.');
  refuse(
    props.dashboardsEndpoint && endpoint === undefined,
    'dashboardsEndpoint belongs to endpoint: give endpoint.',
  );
  refuse(
    props.viewers?.length && !isMade && !props.fineGrainedAccess,
    'viewers cannot be let in where their roles are not put: leave them out and map them there, or set ' +
      'fineGrainedAccess with domain.',
  );
  const { replicas } = props;
  refuse(
    replicas !== undefined && !domain && endpoint === undefined,
    'replicas are of an OpenSearch that is there: give domain or endpoint, or leave them out.',
  );
  refuse(
    replicas !== undefined && !(Number.isInteger(replicas) && replicas >= 0),
    'replicas must be a whole number from 0.',
  );
  checkUrl('endpoint', endpoint);
  checkUrl('dashboardsEndpoint', props.dashboardsEndpoint);
  refuse(props.vpcSubnets && !props.vpc, 'vpcSubnets are of a network: give vpc.');
  refuse(
    serverless && props.vpc,
    'A collection of OpenSearch Serverless is reached by a VPC endpoint of its own: leave out vpc, or use a domain.',
  );
  refuse(
    serverless && props.retention,
    'retention needs a domain: OpenSearch Serverless deletes nothing by itself. Leave one of them out.',
  );
}
