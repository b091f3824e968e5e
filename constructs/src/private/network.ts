import {
  type ISecurityGroup,
  type IVpc,
  Port,
  SecurityGroup,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { SpeedLayerProps } from '../speed-layer-props';
import { acknowledgePaths } from './acknowledge';
import { allow } from './allow';

/** Where functions run that reach OpenSearch inside of a network. */
export interface Network {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups: ISecurityGroup[];
}

/** The network that is asked for, with a security group for what asks OpenSearch. */
export function networkOf(scope: Construct, { vpc, vpcSubnets }: SpeedLayerProps): Network | undefined {
  if (!vpc) return undefined;
  const client = new SecurityGroup(scope, 'Client', { vpc, description: 'What asks OpenSearch' });
  return { vpc, ...(vpcSubnets && { vpcSubnets }), securityGroups: [client] };
}

/** A security group that lets nobody in but those, by TLS. */
export function lettingIn(scope: Construct, { vpc, securityGroups }: Network): SecurityGroup {
  const server = new SecurityGroup(scope, 'Server', {
    vpc,
    description: 'OpenSearch of heart rates',
    allowAllOutbound: false,
  });
  for (const client of securityGroups) server.addIngressRule(client, Port.HTTPS, 'what asks OpenSearch');
  return server;
}

/** What Lambda needs to run a function in a network. */
export function allowNetwork(role: IRole): void {
  const actions = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ];
  role.addToPrincipalPolicy(allow(actions, ['*']));
  acknowledgePaths(role, ['*'], 'A network interface has no name before it is there.');
}
