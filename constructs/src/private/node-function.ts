import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allowNetwork, type Network } from './network';

/** One of the functions that are bundled with this package. */
export interface NodeFunctionProps {
  readonly asset: 'indexer' | 'setup' | 'normalize';
  readonly description: string;
  readonly timeout: Duration;
  readonly memorySize: number;
  /** The network it runs in. */
  readonly network?: Network | undefined;
}

/** A function whose role may do no more than write its own log, until it is granted more. */
export function nodeFunction(scope: Construct, id: string, props: NodeFunctionProps): LambdaFunction {
  const { asset, network, ...rest } = props;
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.ONE_MONTH,
    // A log holds no samples.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  if (network) allowNetwork(role);
  return new LambdaFunction(scope, id, {
    ...rest,
    ...network,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(join(__dirname, '..', '..', 'assets', asset)),
    logGroup,
    role,
  });
}
