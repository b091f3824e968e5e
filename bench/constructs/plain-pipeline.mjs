import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ArnFormat, Aws, CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { archiveQueries, tableColumns } from 'liveheartrate';

const assets = join(
  dirname(createRequire(import.meta.url).resolve('liveheartrate-constructs')),
  '..',
  'assets',
);

/**
 * The same pipeline by the constructs of the CDK itself, with functions and queries that somebody has written already:
 * what one line stands for.
 *
 * @param {import('aws-cdk-lib').Stack} stack
 */
export function plainPipeline(stack) {
  const stream = new kinesis.Stream(stack, 'Stream', {
    streamMode: kinesis.StreamMode.ON_DEMAND,
    encryption: kinesis.StreamEncryption.MANAGED,
    retentionPeriod: Duration.hours(24),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const bucket = (/** @type {string} */ id, /** @type {s3.BucketProps} */ props) =>
    new s3.Bucket(stack, id, {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(30),
        },
        ...(props.lifecycleRules ?? []),
      ],
    });
  const failures = bucket('Failures', {});
  const archive = bucket('Archive', {
    lifecycleRules: [
      {
        prefix: 'heart_rate/',
        transitions: [
          { storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
          { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(180) },
        ],
      },
    ],
  });
  const results = bucket('Results', {
    versioned: false,
    lifecycleRules: [{ expiration: Duration.days(7) }],
  });
  const logGroup = (/** @type {string} */ id) =>
    new logs.LogGroup(stack, id, {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  const allow = (/** @type {string[]} */ actions, /** @type {string[]} */ resources) =>
    new iam.PolicyStatement({ actions, resources });

  const fn = (
    /** @type {string} */ id,
    /** @type {string} */ asset,
    /** @type {Duration} */ timeout,
    /** @type {number} */ memorySize,
  ) => {
    const itsLog = logGroup(`${id}Log`);
    const role = new iam.Role(stack, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    itsLog.grantWrite(role);
    return new lambda.Function(stack, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(assets, asset)),
      logGroup: itsLog,
      role,
      timeout,
      memorySize,
    });
  };
  const indexer = fn('Indexer', 'indexer', Duration.minutes(1), 512);
  const setup = fn('Setup', 'setup', Duration.minutes(14), 256);
  const normalizer = fn('Normalizer', 'normalize', Duration.minutes(1), 256);

  normalizer.addEnvironment('POWERTOOLS_METRICS_NAMESPACE', 'liveheartrate');
  normalizer.addEnvironment('POWERTOOLS_SERVICE_NAME', 'plain-normalizer');

  const domainLog = logGroup('DomainLog');
  const domainLogPolicy = new logs.ResourcePolicy(stack, 'DomainLogPolicy', {
    policyStatements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:PutLogEventsBatch'],
        principals: [new iam.ServicePrincipal('es.amazonaws.com')],
        resources: [domainLog.logGroupArn],
      }),
    ],
  });
  const domain = new opensearch.Domain(stack, 'Domain', {
    version: opensearch.EngineVersion.OPENSEARCH_3_5,
    capacity: {
      dataNodes: 1,
      dataNodeInstanceType: 't3.small.search',
      multiAzWithStandbyEnabled: false,
    },
    zoneAwareness: { enabled: false },
    ebs: { volumeType: ec2.EbsDeviceVolumeType.GP3, volumeSize: 10 },
    fineGrainedAccessControl: { masterUserArn: setup.role?.roleArn ?? '' },
    enforceHttps: true,
    tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
    nodeToNodeEncryption: true,
    encryptionAtRest: { enabled: true },
    logging: { appLogEnabled: true, appLogGroup: domainLog },
    suppressLogsResourcePolicy: true,
    enableAutoSoftwareUpdate: true,
    enableVersionUpgrade: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  domain.node.addDependency(domainLogPolicy);
  const path = (/** @type {string[]} */ ...paths) => paths.map((its) => `${domain.domainArn}/${its}`);
  indexer.addToRolePolicy(allow(['es:ESHttpPost'], path('_bulk', 'heart_rate/_bulk', 'heart_rate-*/_bulk')));
  setup.addToRolePolicy(
    allow(
      ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'],
      path(
        '_index_template/*',
        '_resolve/index/*',
        '_plugins/_ism/*',
        '_plugins/_security/api/*',
        '_plugins/_alerting/monitors*',
        '_plugins/_notifications/configs*',
        '_dashboards/api/saved_objects/_import',
      ),
    ),
  );
  setup.addToRolePolicy(allow(['es:ESHttpPut'], path('heart_rate', 'heart_rate-*')));
  for (const [name, value] of Object.entries({
    OPENSEARCH_ENDPOINT: `https://${domain.domainEndpoint}`,
    OPENSEARCH_INDEX: 'heart_rate',
    OPENSEARCH_ROTATION: 'day',
    OPENSEARCH_AUTH: 'es',
    POWERTOOLS_METRICS_NAMESPACE: 'liveheartrate',
    POWERTOOLS_SERVICE_NAME: 'plain-indexer',
  })) {
    indexer.addEnvironment(name, value);
  }
  const index = new CustomResource(stack, 'Index', {
    serviceToken: setup.functionArn,
    resourceType: 'Custom::HeartRateIndex',
    properties: {
      endpoint: `https://${domain.domainEndpoint}`,
      auth: 'es',
      index: 'heart_rate',
      rotation: 'day',
      shards: 1,
      replicas: 0,
      retention: 90,
      indexer: indexer.role?.roleArn,
      security: 'true',
    },
  });
  index.node.addDependency(domain, setup.role ?? setup);
  indexer.addToRolePolicy(
    allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      [stream.streamArn],
    ),
  );
  indexer.addToRolePolicy(allow(['s3:ListBucket'], [failures.bucketArn]));
  indexer.addToRolePolicy(allow(['s3:PutObject'], [failures.arnForObjects('*')]));
  const mapping = new lambda.EventSourceMapping(stack, 'Mapping', {
    target: indexer,
    eventSourceArn: stream.streamArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 10_000,
    maxRecordAge: Duration.hours(23),
    parallelizationFactor: 1,
    batchSize: 1_000,
    maxBatchingWindow: Duration.seconds(0),
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [lambda.MetricType.EVENT_COUNT] },
  });
  mapping.node.addDependency(index, indexer.role ?? indexer);

  const database = new glue.Database(stack, 'Database', { description: 'Heart-rate samples' });
  const table = new glue.S3Table(stack, 'Table', {
    database,
    tableName: 'heart_rate',
    columns: tableColumns().map(({ name, type, comment }) => ({
      name,
      type: glue.Schema.custom(type),
      comment,
    })),
    partitionKeys: [{ name: 'day', type: glue.Schema.STRING }],
    dataFormat: glue.DataFormat.PARQUET,
    storage: glue.S3TableStorage.fromBucket(/** @type {s3.IBucket} */ (archive)),
    s3Prefix: 'heart_rate/',
    partitionProjection: {
      day: glue.PartitionProjectionConfiguration.date({
        min: '2020-01-01',
        max: 'NOW+1DAYS',
        format: 'yyyy-MM-dd',
        step: { interval: 1, intervalUnit: glue.DateIntervalUnit.DAYS },
      }),
    },
    parameters: { 'storage.location.template': archive.s3UrlForObject(`heart_rate/day=\${day}/`) },
  });
  const deliveryLog = logGroup('DeliveryLog');
  const deliveryLogStream = new logs.LogStream(stack, 'DeliveryLogStream', {
    logGroup: deliveryLog,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const deliveryRole = new iam.Role(stack, 'DeliveryRole', {
    assumedBy: new iam.ServicePrincipal('firehose.amazonaws.com'),
  });
  const deliveryPolicy = new iam.Policy(stack, 'DeliveryPolicy', {
    roles: [deliveryRole],
    statements: [
      allow(
        ['kinesis:DescribeStream', 'kinesis:GetShardIterator', 'kinesis:GetRecords', 'kinesis:ListShards'],
        [stream.streamArn],
      ),
      allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [archive.bucketArn]),
      allow(
        ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        [archive.arnForObjects('heart_rate/*'), archive.arnForObjects('errors/*')],
      ),
      allow(
        ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
        [database.catalog.catalogArn, database.databaseArn, table.tableArn],
      ),
      allow(['logs:PutLogEvents'], [deliveryLog.logGroupArn]),
      allow(['lambda:InvokeFunction'], [normalizer.functionArn]),
    ],
  });
  const delivery = new firehose.CfnDeliveryStream(stack, 'Delivery', {
    deliveryStreamType: 'KinesisStreamAsSource',
    kinesisStreamSourceConfiguration: {
      kinesisStreamArn: stream.streamArn,
      roleArn: deliveryRole.roleArn,
    },
    extendedS3DestinationConfiguration: {
      bucketArn: archive.bucketArn,
      roleArn: deliveryRole.roleArn,
      prefix: 'heart_rate/day=!{timestamp:yyyy-MM-dd}/',
      errorOutputPrefix: 'errors/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/',
      customTimeZone: 'UTC',
      bufferingHints: { sizeInMBs: 128, intervalInSeconds: 300 },
      compressionFormat: 'UNCOMPRESSED',
      cloudWatchLoggingOptions: {
        enabled: true,
        logGroupName: deliveryLog.logGroupName,
        logStreamName: deliveryLogStream.logStreamName,
      },
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: 'Lambda',
            parameters: [
              { parameterName: 'LambdaArn', parameterValue: normalizer.functionArn },
              { parameterName: 'BufferSizeInMBs', parameterValue: '1' },
              { parameterName: 'BufferIntervalInSeconds', parameterValue: '60' },
              { parameterName: 'NumberOfRetries', parameterValue: '3' },
            ],
          },
        ],
      },
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
        outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
        schemaConfiguration: {
          catalogId: Aws.ACCOUNT_ID,
          databaseName: database.databaseName,
          tableName: table.tableName,
          region: stack.region,
          roleArn: deliveryRole.roleArn,
          versionId: 'LATEST',
        },
      },
    },
  });
  delivery.node.addDependency(deliveryPolicy);
  const workGroup = new athena.CfnWorkGroup(stack, 'WorkGroup', {
    name: 'plain-heart-rate',
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 100 * 2 ** 30,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      resultConfiguration: {
        outputLocation: results.s3UrlForObject('answers/'),
        encryptionConfiguration: { encryptionOption: 'SSE_S3' },
      },
    },
  });
  for (const { name, description, sql } of archiveQueries()) {
    const query = new athena.CfnNamedQuery(stack, name, {
      name,
      description,
      queryString: sql,
      database: database.databaseName,
      workGroup: workGroup.name,
    });
    query.addResourceDependency(workGroup);
  }

  const alerts = new sns.Topic(stack, 'Alerts', {
    displayName: 'Heart rate',
    enforceSSL: true,
    masterKey: kms.Alias.fromAliasName(stack, 'TopicKey', 'alias/aws/sns'),
  });
  const alertRole = new iam.Role(stack, 'AlertRole', {
    assumedBy: new iam.ServicePrincipal('es.amazonaws.com'),
  });
  alertRole.addToPolicy(allow(['sns:Publish'], [alerts.topicArn]));
  setup.addToRolePolicy(allow(['iam:PassRole'], [alertRole.roleArn]));
  const serving = new CustomResource(stack, 'Serving', {
    serviceToken: setup.functionArn,
    resourceType: 'Custom::HeartRateServing',
    properties: {
      endpoint: `https://${domain.domainEndpoint}`,
      dashboards: `https://${domain.domainEndpoint}/_dashboards`,
      auth: 'es',
      index: 'heart_rate',
      name: 'plain',
      above: 150,
      window: 120,
      throttle: 30,
      alert: 'true',
      topicArn: alerts.topicArn,
      topicRoleArn: alertRole.roleArn,
    },
  });
  serving.node.addDependency(index, alertRole, setup.role ?? setup);

  const alarmTopic = new sns.Topic(stack, 'AlarmTopic', { enforceSSL: true });
  const alarms = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  alarmTopic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [alarmTopic.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': alarms } },
    }),
  );
  const minute = { period: Duration.minutes(1) };
  const own = (/** @type {string} */ metricName, props = {}) =>
    new cloudwatch.Metric({
      namespace: 'liveheartrate',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { service: 'plain-indexer' },
      ...props,
    });
  const notArchived = new cloudwatch.Metric({
    namespace: 'liveheartrate',
    metricName: 'NotArchived',
    statistic: 'Sum',
    dimensionsMap: { service: 'plain-normalizer' },
  });
  const ofStream = (/** @type {string} */ metricName) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Kinesis',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { StreamName: stream.streamName },
    });
  const ofDelivery = (/** @type {string} */ metricName, statistic = 'Sum') =>
    new cloudwatch.Metric({
      namespace: 'AWS/Firehose',
      metricName,
      statistic,
      dimensionsMap: { DeliveryStreamName: delivery.ref },
    });
  const iteratorAge = indexer.metric('IteratorAge', { statistic: 'Maximum', ...minute });
  const freshness = ofDelivery('DeliveryToS3.DataFreshness', 'Maximum');
  const alarm = (
    /** @type {string} */ id,
    /** @type {cloudwatch.IMetric} */ metric,
    threshold = 0,
    evaluationPeriods = 1,
    below = false,
  ) => {
    const its = new cloudwatch.Alarm(stack, id, {
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: below
        ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
        : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    its.addAlarmAction(new SnsAction(alarmTopic));
  };
  alarm('WriteThrottled', ofStream('WriteProvisionedThroughputExceeded'), 0, 3);
  alarm('ReadThrottled', ofStream('ReadProvisionedThroughputExceeded'), 0, 6);
  alarm('Behind', iteratorAge, 60_000, 5);
  alarm('Errors', indexer.metricErrors(minute), 0, 3);
  alarm('Throttles', indexer.metricThrottles(minute), 0, 5);
  alarm('Rejected', own('Rejected'));
  alarm('HandedBack', own('HandedBack'), 0, 3);
  alarm('Undelivered', indexer.metric('DestinationDeliveryFailures', { statistic: 'Sum' }));
  const unread = (/** @type {cloudwatch.IMetric} */ reads) =>
    new cloudwatch.MathExpression({
      expression: 'IF(FILL(records, 0) > 0 AND FILL(reads, 0) == 0, 1, 0)',
      usingMetrics: { records: ofStream('IncomingRecords'), reads },
    });
  const givenUp = new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName: 'OnFailureDestinationDeliveredEventCount',
    statistic: 'Sum',
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
  });
  alarm('GivenUp', givenUp);
  alarm('Unread', unread(indexer.metricInvocations()), 0, 3);
  alarm('ArchiveUnread', unread(ofDelivery('DataReadFromKinesisStream.Records')), 0, 3);
  alarm('Red', domain.metricClusterStatusRed(minute));
  alarm('WritesBlocked', domain.metricClusterIndexWritesBlocked(minute), 0, 5);
  alarm('Memory', domain.metricJVMMemoryPressure(), 92, 3);
  alarm('Busy', domain.metricCPUUtilization(), 80, 6);
  alarm('StorageLow', domain.metricFreeStorageSpace(), 2_560, 1, true);
  alarm('Stale', freshness, 1_200, 2);
  alarm('ArchiveBehind', ofDelivery('KinesisMillisBehindLatest', 'Maximum'), 600_000, 2);
  alarm('NotArchived', notArchived);
  alarm('NotConverted', ofDelivery('FailedConversion.Records'));
  alarm('DeliveryThrottled', ofDelivery('ThrottledGetRecords'), 0, 6);
  alarm('NormalizerErrors', normalizer.metricErrors());
  alarm('AlertsNotSent', alerts.metricNumberOfNotificationsFailed({ statistic: 'Sum' }));

  const graph = (/** @type {string} */ title, /** @type {cloudwatch.IMetric[]} */ left) =>
    new cloudwatch.GraphWidget({ title, left, width: 8 });
  new cloudwatch.Dashboard(stack, 'Operations', {
    widgets: [
      [
        graph('Samples in and out', [
          ofStream('IncomingRecords'),
          own('Indexed', minute),
          own('Duplicates', minute),
        ]),
        graph('Latency, ms', [own('Latency', { statistic: 'p50' }), own('Latency', { statistic: 'p99' })]),
        graph('Age of the oldest record not indexed, ms', [iteratorAge]),
      ],
      [
        graph('Rejected and handed back', [own('Rejected'), own('HandedBack'), own('Retried')]),
        graph('Indexer', [indexer.metricErrors(minute), indexer.metricThrottles(minute)]),
        graph('Indexer: duration, ms', [indexer.metricDuration({ ...minute, statistic: 'p99' })]),
      ],
      [
        graph('Archive: age of the oldest record not in it, s', [freshness]),
        graph('Archive: records', [
          ofDelivery('DeliveryToS3.Records'),
          ofDelivery('FailedConversion.Records'),
        ]),
        graph('Archive: bytes', [ofDelivery('DeliveryToS3.Bytes')]),
      ],
      [
        graph('Domain: status', [
          domain.metricClusterStatusRed(minute),
          domain.metricClusterStatusYellow(minute),
        ]),
        graph('Domain: load, %', [domain.metricCPUUtilization(), domain.metricJVMMemoryPressure()]),
        graph('Domain: free storage, MiB', [domain.metricFreeStorageSpace()]),
      ],
    ],
  });
}
