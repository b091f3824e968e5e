import { CustomResource, Duration, Names, RemovalPolicy, Token } from 'aws-cdk-lib';
import { type Alarm, type IWidget, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnCollection } from 'aws-cdk-lib/aws-opensearchserverless';
import type { IDomain } from 'aws-cdk-lib/aws-opensearchservice';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { IndexRotation } from './index-rotation';
import { Alarms } from './private/alarms';
import { networkOf } from './private/network';
import { nodeFunction } from './private/node-function';
import { readStream } from './private/read-stream';
import { refuse } from './private/refuse';
import { emptyAfter, sampleBucket } from './private/sample-bucket';
import { library } from './private/schema';
import type { SearchTarget } from './private/search/target';
import { checkTarget, targetOf } from './private/search/target-of';
import { watchIndexer } from './private/watch-indexer';
import { type PipelineSize, Sizing } from './sizing/sizing';
import type { SpeedLayerProps } from './speed-layer-props';

const NAMESPACE = 'liveheartrate';
/** Up to so many samples a second, which a few shards take, the indexer asks that they can be found at once. */
const REFRESHED = 4_000;
const RETENTION = Duration.days(90);

/**
 * The indexer: a Lambda function that reads the stream and indexes each sample once into OpenSearch, which is found
 * within seconds. What cannot be indexed in time is kept with its payload.
 *
 * ```ts
 * import { App, Stack } from 'aws-cdk-lib';
 * import { SampleStream, SpeedLayer } from 'liveheartrate-constructs';
 *
 * const stack = new Stack(new App(), 'HeartRate');
 * const { stream } = new SampleStream(stack, 'Samples');
 * const speed = new SpeedLayer(stack, 'Speed', { stream, endpoint: 'https://search.example.com', index: 'beats' });
 * speed.endpoint; // => 'https://search.example.com'
 * ```
 */
export class SpeedLayer extends Construct {
  /** The indexer. */
  public readonly handler: LambdaFunction;
  /** What reads the stream for it. */
  public readonly mapping: EventSourceMapping;
  /** What could not be indexed in time, with its payload. */
  public readonly failures: IBucket;
  /** What prepares the index, and the dashboards and alerts of a serving layer. */
  public readonly setup: LambdaFunction;
  /** The domain, where it is one. */
  public readonly domain?: IDomain;
  /** The collection, where it is one. */
  public readonly collection?: CfnCollection;
  /** URL of OpenSearch. */
  public readonly endpoint: string;
  /** Name of the index, or of the alias of its parts. */
  public readonly index: string;
  /** Its alarms. */
  public readonly alarms: Alarm[];
  /** How large it is. */
  public readonly size: PipelineSize;

  /** @internal */
  public readonly _target: SearchTarget;
  /** @internal */
  public readonly _prepared: CustomResource;
  private readonly service: string;

  public constructor(scope: Construct, id: string, props: SpeedLayerProps) {
    super(scope, id);
    check(props);
    const { wearers, samplesPerSecond, retention = RETENTION } = props;
    this.index = props.index ?? 'heart_rate';
    // Its metrics are told from those of another pipeline by that.
    this.service = Names.uniqueResourceName(this, { maxLength: 64, allowedSpecialCharacters: '-' });
    this.size = Sizing.estimate({ wearers, samplesPerSecond, retention }).size;
    const network = networkOf(this, props);
    const rotation = props.rotation ?? (this.size.rotation as IndexRotation);

    this.handler = nodeFunction(this, 'Handler', {
      asset: 'indexer',
      description: 'Indexes heart-rate samples into OpenSearch',
      timeout: Duration.minutes(1),
      memorySize: this.size.memorySize,
      network,
    });
    this.setup = nodeFunction(this, 'Setup', {
      asset: 'setup',
      description: 'Prepares OpenSearch for heart-rate samples',
      timeout: Duration.minutes(14),
      memorySize: 256,
      network,
    });
    const roles = { indexer: roleOf(this.handler), setup: roleOf(this.setup) };
    this._target = targetOf(this, {
      ...props,
      ...roles,
      network,
      size: this.size,
      name: collectionName(this),
    });
    this.endpoint = this._target.endpoint;
    if (this._target.domain) this.domain = this._target.domain;
    if (this._target.collection) this.collection = this._target.collection;
    this.configure(rotation);
    this._prepared = this.prepare(props, rotation);
    this.failures = props.failures ?? sampleBucket(this, 'Failures', props);
    const { handler, failures, size } = this;
    this.mapping = readStream(this, props, { handler, role: roles.indexer, failures, size });
    // The first sample must find its template there.
    this.mapping.node.addDependency(this._prepared);
    emptyAfter(this.mapping, failures);
    this.alarms = this.watch(props).all;
  }

  /**
   * A metric of the indexer, such as `Indexed`, `Rejected` or `Latency`.
   *
   * @param metricName its name
   * @param options what differs from the sum of five minutes
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      statistic: 'Sum',
      dimensionsMap: { service: this.service },
      ...options,
    }).attachTo(this);
  }

  /** Milliseconds from the time of a sample until it is indexed: the 99th percentile. */
  public metricLatency(options?: MetricOptions): Metric {
    return this.metric('Latency', { statistic: 'p99', ...options });
  }

  /** Documents that are no samples, or were refused for good. */
  public metricRejected(options?: MetricOptions): Metric {
    return this.metric('Rejected', options);
  }

  /** How old the oldest record is that is not indexed yet, in milliseconds. */
  public metricIteratorAge(options?: MetricOptions): Metric {
    return this.handler.metric('IteratorAge', { statistic: 'Maximum', ...options });
  }

  /** @internal */
  public _widgets(): IWidget[] {
    return this._target.widgets();
  }

  private configure(rotation: IndexRotation): void {
    const { auth, credentials, endpoint } = this._target;
    const environment = {
      OPENSEARCH_ENDPOINT: endpoint,
      OPENSEARCH_INDEX: this.index,
      OPENSEARCH_ROTATION: rotation,
      // Serverless knows no such thing, and where many shards are read at once it would be asked too often.
      ...((auth === 'aoss' || this.size.samplesPerSecond > REFRESHED) && { OPENSEARCH_REFRESH: 'false' }),
      ...(credentials ? { OPENSEARCH_SECRET_ARN: credentials.secretArn } : { OPENSEARCH_AUTH: auth }),
      POWERTOOLS_METRICS_NAMESPACE: NAMESPACE,
      POWERTOOLS_SERVICE_NAME: this.service,
    };
    for (const [name, value] of Object.entries(environment)) this.handler.addEnvironment(name, value);
  }

  private prepare(props: SpeedLayerProps, rotation: IndexRotation): CustomResource {
    const { auth, credentials, lifecycle, security, ready } = this._target;
    const keeps = lifecycle && rotation !== IndexRotation.NONE;
    const prepared = new CustomResource(this, 'Index', {
      serviceToken: this.setup.functionArn,
      resourceType: 'Custom::HeartRateIndex',
      serviceTimeout: Duration.minutes(15),
      // Data outlives it whatever the policy: its deletion does nothing.
      removalPolicy: RemovalPolicy.DESTROY,
      properties: {
        endpoint: this.endpoint,
        auth,
        ...(credentials && { secretArn: credentials.secretArn }),
        index: this.index,
        rotation,
        ...(props.domain || props.endpoint || props.serverless
          ? props.replicas !== undefined && { replicas: props.replicas }
          : { shards: this.size.indexShards, replicas: this.size.indexReplicas }),
        ...(props.refreshInterval && { refreshInterval: `${props.refreshInterval.toMilliseconds()}ms` }),
        ...(keeps && { retention: (props.retention ?? RETENTION).toDays() }),
        indexer: roleOf(this.handler).roleArn,
        viewers: (props.viewers ?? []).map(({ roleArn }) => roleArn),
        security: String(security),
        // So that a later release of the library puts what it has changed.
        version: library.version,
      },
    });
    prepared.node.addDependency(roleOf(this.setup), ...ready);
    return prepared;
  }

  private watch(props: SpeedLayerProps): Alarms {
    const alarms = new Alarms(this, props);
    watchIndexer(alarms, this, props.stream);
    this._target.watch(alarms);
    return alarms;
  }
}

function roleOf({ role }: LambdaFunction) {
  if (!role) throw new Error('A function of this package has a role always.');
  return role;
}

/** 3 to 32 lower-case letters, digits and hyphens, a letter first. */
const collectionName = (scope: Construct) =>
  `hr-${Names.uniqueResourceName(scope, { maxLength: 29, separator: '-', allowedSpecialCharacters: '-' }).toLowerCase()}`;

function check(props: SpeedLayerProps): void {
  checkTarget(props);
  const { retention, rotation, index, batchSize, refreshInterval } = props;
  refuse(
    batchSize !== undefined && !Token.isUnresolved(batchSize) && !(batchSize >= 1 && batchSize <= 10_000),
    'batchSize must be 1 to 10,000, which is what Lambda takes.',
  );
  refuse(
    refreshInterval?.toMilliseconds() === 0,
    'refreshInterval must be longer than no time: 100 ms or more.',
  );
  refuse(
    retention && rotation === IndexRotation.NONE,
    'retention wants a rotation: a single index would be deleted as a whole. Leave one of them out.',
  );
  refuse(
    index !== undefined && !Token.isUnresolved(index) && !/^[a-z0-9][a-z0-9_-]*$/.test(index),
    'index must be of lower-case letters, digits, hyphens and underscores, and begin with a letter or a digit.',
  );
}
