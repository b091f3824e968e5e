import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IndexRotation, Sizing } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render } from '../support/constructs/render.ts';
import { INDEX, layer, made, type Props } from '../support/constructs/speed.ts';
import { idOf, ofType, only, synth } from '../support/constructs/synth.ts';
import { theirDomain, theirSecret, viewer } from '../support/constructs/variants.ts';

const MAPPING = 'AWS::Lambda::EventSourceMapping';

describe('the indexer', () => {
  it('is the bundle of this package, on the newest Node of Lambda, on arm64', () => {
    const synthesized = made();
    const handler = only(synthesized, 'AWS::Lambda::Function', 'Handler');
    expect(handler).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
    });
    const manifest = createRequire(import.meta.url).resolve('liveheartrate-constructs/package.json');
    const bundle = readFileSync(join(dirname(manifest), 'assets/indexer/index.js'));
    const assets = JSON.parse(readFileSync(join(synthesized.outdir, 'Stack.assets.json'), 'utf8')) as {
      files: Record<string, { source: { path: string } }>;
    };
    const { S3Key } = handler.Code as { S3Key: string };
    const path = assets.files[S3Key.replace('.zip', '')]?.source.path ?? '';
    expect(readFileSync(join(synthesized.outdir, path, 'index.js')).equals(bundle)).toBe(true);
  });

  it('knows where to index, and under which name its metrics are', () => {
    const synthesized = made({ index: 'pulse', rotation: IndexRotation.MONTH });
    const { Variables } = only(synthesized, 'AWS::Lambda::Function', 'Handler').Environment as {
      Variables: Record<string, unknown>;
    };
    expect({ ...Variables, OPENSEARCH_ENDPOINT: render(Variables.OPENSEARCH_ENDPOINT) }).toEqual({
      OPENSEARCH_ENDPOINT: 'https://<SpeedSearchDomain.DomainEndpoint>',
      OPENSEARCH_INDEX: 'pulse',
      OPENSEARCH_ROTATION: 'month',
      OPENSEARCH_AUTH: 'es',
      POWERTOOLS_METRICS_NAMESPACE: 'liveheartrate',
      POWERTOOLS_SERVICE_NAME: expect.stringMatching(/^\w+$/),
    });
  });

  it('asks for no refresh where that is unknown, or for too many people at once', () => {
    const refreshOf = (props: Props) => {
      const { Variables } = only(made(props), 'AWS::Lambda::Function', 'Handler').Environment as {
        Variables: Record<string, unknown>;
      };
      return Variables.OPENSEARCH_REFRESH;
    };
    expect(refreshOf({ wearers: 4_000 })).toBeUndefined();
    expect(refreshOf({ wearers: 4_001 })).toBe('false');
    expect(refreshOf({ serverless: true })).toBe('false');
  });
});

describe('what reads the stream', () => {
  it('loses nothing, hands back what is left of a batch, and waits less than a second', () => {
    const synthesized = made();
    expect(only(synthesized, MAPPING)).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 23 * 3600,
      MaximumRetryAttempts: 10_000,
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 0,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [idOf(synthesized.built.failures), 'Arn'] } },
      },
    });
  });

  it('begins when the template and the rights are there', () => {
    const synthesized = made();
    const [[, mapping] = []] = ofType(synthesized, MAPPING);
    const [[index] = []] = ofType(synthesized, INDEX);
    const awaited = (mapping?.DependsOn ?? []).map((id) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(mapping?.DependsOn).toContain(index);
    expect(awaited).toContain('SpeedHandlerRoleDefaultPolicy');
  });

  it('is as large as its wearers need', () => {
    const { size } = Sizing.estimate({ wearers: 20_000, retention: Duration.days(90) });
    expect(only(made({ wearers: 20_000 }), MAPPING)).toMatchObject({
      BatchSize: size.batchSize,
      ParallelizationFactor: size.parallelizationFactor,
      MaximumBatchingWindowInSeconds: size.batchingWindow.toSeconds(),
    });
  });

  it('is as it is told to be', () => {
    const synthesized = made((stack) => ({
      batchSize: 42,
      parallelizationFactor: 7,
      batchingWindow: Duration.seconds(3),
      maxRecordAge: Duration.hours(2),
      retryAttempts: 5,
      failures: Bucket.fromBucketName(stack, 'TheirBucket', 'theirs'),
    }));
    const mapping = only(synthesized, MAPPING);
    expect(mapping).toMatchObject({
      BatchSize: 42,
      ParallelizationFactor: 7,
      MaximumBatchingWindowInSeconds: 3,
      MaximumRecordAgeInSeconds: 7200,
      MaximumRetryAttempts: 5,
    });
    expect(
      render((mapping.DestinationConfig as { OnFailure: { Destination: unknown } }).OnFailure.Destination),
    ).toBe('arn:<AWS::Partition>:s3:::theirs');
    expect(ofType(synthesized, 'AWS::S3::Bucket')).toEqual([]);
  });
});

describe('what prepares the index', () => {
  it('is told of index, life cycle and roles', () => {
    const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
    const synthesized = made((stack) => ({ viewers: [viewer(stack)], retention: Duration.days(30) }));
    const index = only(synthesized, INDEX);
    expect(render(index.endpoint)).toBe('https://<SpeedSearchDomain.DomainEndpoint>');
    expect(render(index.indexer)).toBe('<SpeedHandlerRole.Arn>');
    expect((index.viewers as unknown[]).map(render)).toEqual(['<Viewer.Arn>']);
    expect(index).toMatchObject({
      auth: 'es',
      index: 'heart_rate',
      rotation: Sizing.estimate({ retention: Duration.days(30) }).size.rotation,
      retention: 30,
      security: 'true',
      version,
    });
  });

  it('is told how soon samples are to be found, where that is asked for', () => {
    expect(only(made(), INDEX)).not.toHaveProperty('refreshInterval');
    const index = only(made({ refreshInterval: Duration.millis(500) }), INDEX);
    expect(index).toMatchObject({ refreshInterval: '500ms' });
  });

  it('deletes nothing of a single index', () => {
    const index = only(made({ rotation: IndexRotation.NONE }), INDEX);
    expect(index).toMatchObject({ rotation: 'none' });
    expect(index).not.toHaveProperty('retention');
  });

  it('is a function that has the time to wait for a domain', () => {
    expect(only(made(), 'AWS::Lambda::Function', 'Setup')).toMatchObject({ Timeout: 14 * 60 });
  });
});

describe('what does not go together is refused, with the remedy', () => {
  const cases: [string, (stack: Stack) => Props, string][] = [
    [
      'two targets',
      (stack) => ({ domain: theirDomain(stack), endpoint: 'https://a' }),
      'leave all but one out',
    ],
    ['two more', () => ({ serverless: true, endpoint: 'https://a' }), 'leave all but one out'],
    ['roles of no domain', () => ({ fineGrainedAccess: true }), 'give domain'],
    ['credentials of no endpoint', (stack) => ({ credentials: theirSecret(stack) }), 'give endpoint'],
    ['copies in a domain that is made', () => ({ replicas: 2 }), 'give domain or endpoint'],
    ['half a copy', (stack) => ({ domain: theirDomain(stack), replicas: 0.5 }), 'a whole number'],
    ['dashboards of no endpoint', () => ({ dashboardsEndpoint: 'https://a' }), 'give endpoint'],
    [
      'viewers that cannot be let in',
      (stack) => ({ domain: theirDomain(stack), viewers: [viewer(stack)] }),
      'set fineGrainedAccess with domain',
    ],
    [
      'retention of a collection',
      () => ({ serverless: true, retention: Duration.days(1) }),
      'Leave one of them out',
    ],
    [
      'retention of a single index',
      () => ({ rotation: IndexRotation.NONE, retention: Duration.days(1) }),
      'Leave one of them out',
    ],
    ['an endpoint that is no URL', () => ({ endpoint: 'search.example.com' }), 'endpoint must be a URL'],
    [
      'Dashboards that are no URL',
      () => ({ endpoint: 'https://a', dashboardsEndpoint: 'a/_dashboards' }),
      'dashboardsEndpoint must be a URL',
    ],
    ['a batch that Lambda does not take', () => ({ batchSize: 10_001 }), '1 to 10,000'],
    ['no time between refreshes', () => ({ refreshInterval: Duration.seconds(0) }), '100 ms or more'],
    ['an index that OpenSearch does not take', () => ({ index: 'Heart' }), 'lower-case letters'],
  ];
  it.each(cases)('%s', (_, props, remedy) => {
    expect(() => made(props)).toThrow(remedy);
  });
});

it('two in a stack do not collide, and their metrics are told apart', () => {
  const { built, stack } = synth((stack) => [layer(stack), layer(stack, {}, 'Other')] as const);
  const services = built.map((its) => stack.resolve(its.metricLatency().dimensions).service);
  expect(new Set(services).size).toBe(2);
});

describe('metrics', () => {
  it('are of the indexer', () => {
    const { built, stack } = made();
    const handler = { FunctionName: { Ref: idOf(built.handler) } };
    expect(built.metricLatency()).toMatchObject({ namespace: 'liveheartrate', statistic: 'p99' });
    expect(built.metricLatency({ statistic: 'p50' }).statistic).toBe('p50');
    expect(built.metricRejected()).toMatchObject({ metricName: 'Rejected', statistic: 'Sum' });
    expect(stack.resolve(built.metricIteratorAge().dimensions)).toEqual(handler);
    expect(built.metric('Indexed').metricName).toBe('Indexed');
  });
});
