import { Names, RemovalPolicy } from 'aws-cdk-lib';
import { EbsDeviceVolumeType, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, ResourcePolicy, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Domain, EngineVersion, TLSSecurityPolicy } from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { lettingIn, type Network } from '../network';
import { refuse } from '../refuse';
import { domainTarget } from './domain-target';
import type { SearchTarget, TargetProps } from './target';

/**
 * A domain of its own. Nobody but roles can sign in, and its first one is that of the setup function, so there is no
 * password anywhere.
 */
export function managedDomain(parent: Construct, props: TargetProps): SearchTarget {
  const { size, network, encryptionKey: kmsKey } = props;
  const scope = new Construct(parent, 'Search');
  const appLogGroup = new LogGroup(scope, 'Log', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const writer = new ResourcePolicy(scope, 'LogPolicy', {
    // The one that the CDK gives is the same for stacks that differ by their names alone.
    resourcePolicyName: Names.uniqueResourceName(scope, { maxLength: 255, allowedSpecialCharacters: '-' }),
    policyStatements: [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:PutLogEventsBatch'],
        principals: [new ServicePrincipal('es.amazonaws.com')],
        resources: [appLogGroup.logGroupArn],
      }),
    ],
  });
  const several = size.availabilityZones > 1;
  const domain = new Domain(scope, 'Domain', {
    version: EngineVersion.OPENSEARCH_3_5,
    capacity: {
      dataNodes: size.dataNodes,
      dataNodeInstanceType: size.dataNodeInstanceType,
      ...(size.masterNodes > 0 && {
        masterNodes: size.masterNodes,
        masterNodeInstanceType: size.masterNodeInstanceType,
      }),
      multiAzWithStandbyEnabled: false,
    },
    zoneAwareness: several
      ? { enabled: true, availabilityZoneCount: size.availabilityZones }
      : { enabled: false },
    ebs: {
      volumeType: EbsDeviceVolumeType.GP3,
      volumeSize: size.volumeSize,
    },
    ...(network && {
      vpc: network.vpc,
      vpcSubnets: [subnetsOf(network, size.availabilityZones)],
      securityGroups: [lettingIn(scope, network)],
    }),
    fineGrainedAccessControl: { masterUserArn: props.setup.roleArn },
    enforceHttps: true,
    tlsSecurityPolicy: TLSSecurityPolicy.TLS_1_2_PFS,
    nodeToNodeEncryption: true,
    encryptionAtRest: { enabled: true, ...(kmsKey && { kmsKey }) },
    // The slow logs would copy samples into CloudWatch.
    logging: { appLogEnabled: true, appLogGroup },
    suppressLogsResourcePolicy: true,
    enableAutoSoftwareUpdate: true,
    enableVersionUpgrade: true,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  domain.node.addDependency(writer);
  acknowledgeRules(domain, props);
  return domainTarget(domain, props, { security: true, size, ready: [domain] });
}

/** A domain wants one subnet in each of its zones. */
function subnetsOf({ vpc, vpcSubnets }: Network, zones: number): SubnetSelection {
  const { subnets } = vpc.selectSubnets(vpcSubnets ?? { onePerAz: true });
  refuse(
    subnets.length < zones,
    `The domain is in ${zones} availability zones, and only ${subnets.length} subnets are given: give a vpc or ` +
      'vpcSubnets with one in each of as many.',
  );
  return { subnets: subnets.slice(0, zones) };
}

function acknowledgeRules(domain: Domain, { size, network }: TargetProps): void {
  const signed = 'It takes requests alone that a role has signed whose own policy allows them.';
  if (!network) acknowledge(domain, 'OS1', `${signed} Whoever wants it in a network gives vpc.`);
  acknowledge(domain, 'OS3', signed);
  acknowledge(domain, 'OS5', signed);
  if (size.masterNodes === 0) acknowledge(domain, 'OS4', 'So few nodes need none that are masters alone.');
  if (size.availabilityZones === 1) acknowledge(domain, 'OS7', 'One node is in one zone; the stream is not.');
  for (const log of ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS']) {
    acknowledge(domain, `OS9[LogExport::${log}]`, 'Slow logs would copy health data out of the domain.');
  }
}
