import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { App, Resource as CdkResource, CfnResource, type Environment, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { HeartRatePipeline } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render, walk } from '../support/constructs/render.ts';
import {
  ofType,
  only,
  type Resource,
  type Synthesized,
  synth,
  synthOnce,
} from '../support/constructs/synth.ts';
import { everyVariant, variants } from '../support/constructs/variants.ts';

const account = '111122223333';
const places: [string, Environment | undefined][] = [
  ['an unknown region', undefined],
  ['cn-north-1', { account, region: 'cn-north-1' }],
  ['us-gov-west-1', { account, region: 'us-gov-west-1' }],
];

describe.each(places)('in %s', (_, env) => {
  it.each(everyVariant)('%s names no partition but its own, and looks nothing up', (_, build) => {
    const { template, missing } = synth(build, env);
    const text = JSON.stringify(template);
    expect(text).not.toContain('arn:aws:');
    if (env) expect(text).not.toMatch(/[:.]us-east-1\b/);
    expect(missing).toEqual([]);
  });
});

/** What is called by a name of its own, as `type.property`. */
function named({ template }: Synthesized<unknown>): string[] {
  const inner: Record<string, string> = {
    'AWS::Glue::Table': 'TableInput',
    'AWS::Glue::Database': 'DatabaseInput',
  };
  const ours = Object.entries(template.Resources).filter(([id]) => /^(HeartRate|Other)/.test(id));
  return ours.flatMap(([, { Type, Properties = {} }]) => {
    const own = (Properties[inner[Type] ?? ''] ?? Properties) as Record<string, unknown>;
    return Object.entries(own)
      .filter(([name, value]) => /^(?!Display|Metric)\w*Name$/.test(name) && !/^<[^>]+>$/.test(render(value)))
      .map(([name]) => `${Type}.${name}`);
  });
}

describe('names', () => {
  // Athena and OpenSearch Serverless give none by themselves; one that CloudFormation gives to a database has a hyphen,
  // which people would have to quote, and is lost on an update; a table is called as people write it after FROM; a
  // policy of IAM is named within its role.
  const unavoidable = [
    'AWS::Athena::NamedQuery.Name',
    'AWS::Athena::WorkGroup.Name',
    'AWS::Glue::Database.Name',
    'AWS::Glue::Table.Name',
    'AWS::IAM::Policy.PolicyName',
    'AWS::Logs::ResourcePolicy.PolicyName',
    'AWS::OpenSearchServerless::AccessPolicy.Name',
    'AWS::OpenSearchServerless::Collection.Name',
    'AWS::OpenSearchServerless::SecurityPolicy.Name',
  ];

  it.each(everyVariant)('are given by CloudFormation in %s', (_, build) => {
    expect(named(synthOnce(build)).filter((name) => !unavoidable.includes(name))).toEqual([]);
  });

  const given = ({ template }: Pick<Synthesized<unknown>, 'template'>) =>
    Object.values(template.Resources).flatMap(({ Type, Properties = {} }) => {
      const { Name = Properties.PolicyName } = (Properties.DatabaseInput ?? Properties) as { Name?: unknown };
      return /WorkGroup|Database|Logs::ResourcePolicy$/.test(Type) ? [`${Type} ${Name}`] : [];
    });

  it('that there have to be are not the same twice', () => {
    const names = given(synthOnce(variants.twins));
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });

  it('nor in stacks that differ by their names alone', () => {
    const names = ['hearts-test', 'hearts'].flatMap((stackName) => {
      const app = new App();
      const stack = new Stack(app, 'HeartRate', { stackName });
      variants['one line'](stack);
      return given(app.synth().getStackArtifact(stack.artifactId));
    });
    expect(new Set(names).size).toBe(6);
  });
});

const policies = ({ template }: Synthesized<unknown>, wanted: string) =>
  Object.values(template.Resources)
    .filter(({ DeletionPolicy, UpdateReplacePolicy }: Resource) => {
      // What a deployment has made that fails is of no use to anybody.
      expect(UpdateReplacePolicy).toBe(DeletionPolicy?.replace('RetainExceptOnCreate', 'Retain'));
      return DeletionPolicy === wanted;
    })
    .map(({ Type }) => Type)
    .sort();

describe('what is taken out of the stack', () => {
  it('is kept where it holds samples, with what they cannot be read without', () => {
    expect(policies(synthOnce(variants['one line']), 'RetainExceptOnCreate')).toEqual([
      'AWS::Kinesis::Stream',
      'AWS::OpenSearchService::Domain',
      'AWS::S3::Bucket',
      'AWS::S3::Bucket',
      'AWS::S3::Bucket',
    ]);
    expect(policies(synthOnce(variants.serverless), 'RetainExceptOnCreate')).toEqual(
      expect.arrayContaining([
        'AWS::OpenSearchServerless::Collection',
        'AWS::OpenSearchServerless::SecurityPolicy',
        'AWS::OpenSearchServerless::SecurityPolicy',
      ]),
    );
  });

  it('is deleted by one switch, and buckets with what is in them', () => {
    const synthesized = synthOnce(variants['an experiment']);
    expect(policies(synthesized, 'RetainExceptOnCreate')).toEqual([]);
    const deleted = policies(synthesized, 'Delete');
    for (const type of policies(synthOnce(variants['one line']), 'RetainExceptOnCreate'))
      expect(deleted).toContain(type);
    const emptied = ofType(synthesized, 'Custom::S3AutoDeleteObjects').map(([, { Properties }]) =>
      render(Properties?.BucketName),
    );
    expect(emptied.sort()).toEqual(
      ofType(synthesized, 'AWS::S3::Bucket')
        .map(([id]) => render({ Ref: id }))
        .sort(),
    );
  });

  it('is emptied when nothing writes into it any more', () => {
    const { template } = synthOnce(variants['an experiment']);
    const waits = (type: string) =>
      Object.values(template.Resources)
        .filter(({ Type }) => Type === type)
        .flatMap(({ DependsOn = [] }) => DependsOn)
        .filter((id) => template.Resources[id]?.Type === 'Custom::S3AutoDeleteObjects')
        .map((id) => render(template.Resources[id]?.Properties?.BucketName));
    // What depends on another resource is deleted before it.
    expect(waits('AWS::KinesisFirehose::DeliveryStream')).toEqual(['<HeartRateBatchBucket>']);
    expect(waits('AWS::Lambda::EventSourceMapping')).toEqual(['<HeartRateSpeedFailures>']);
  });

  it('is not kept where its name would be taken when it is deployed again', () => {
    for (const variant of ['one line', 'an experiment'] as const) {
      const synthesized = synthOnce(variants[variant]);
      for (const type of ['AWS::Athena::WorkGroup', 'AWS::Glue::Database', 'AWS::Glue::Table']) {
        const [[, resource] = []] = ofType(synthesized, type);
        expect(resource?.DeletionPolicy ?? 'Delete').toBe('Delete');
      }
      // Queries that people have asked there would hold it.
      expect(only(synthesized, 'AWS::Athena::WorkGroup')).toMatchObject({ RecursiveDeleteOption: true });
    }
  });
});

it.each(everyVariant)('there is no secret in the template of %s', (_, build) => {
  const { template } = synthOnce(build);
  walk(template, (value, name) => {
    if (typeof value !== 'string') return;
    expect(value).not.toContain('{{resolve:');
    if (/password|token$|secret(?!arn|_arn)/i.test(name)) expect.unreachable(`${name} is ${value}`);
  });
});

/** The ids of what can be reached from a layer by its public properties. */
function reachable(stack: Stack, layer: object): string[] {
  const ids = (value: unknown): string[] => {
    if (value instanceof CfnResource) return [stack.resolve(value.logicalId)];
    if (value instanceof CdkResource) {
      const { role, logGroup } = value as { role?: unknown; logGroup?: unknown };
      return [...ids(value.node.defaultChild), ...ids(role), ...ids(logGroup)];
    }
    if (value instanceof Construct || typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap(ids);
  };
  return Object.entries(layer)
    .filter(([name]) => name !== 'node' && !name.startsWith('_'))
    .flatMap(([, value]) => ids(value));
}

it.each(['one line', 'serverless'] as const)(
  'every resource of %s can be reached as a property',
  (variant) => {
    const synthesized = synthOnce<HeartRatePipeline>(variants[variant]);
    const { built, stack } = synthesized;
    const layers = [built, built.stream, built.speed, built.batch ?? {}, built.serving];
    const found = new Set(layers.flatMap((layer) => reachable(stack, layer)));
    const ours = Object.entries(synthesized.template.Resources).filter(([id]) => id.startsWith('HeartRate'));
    const inner = ours.filter(([, { Type }]) => !/Policy$|^Custom::|::Log(Group|Stream)$/.test(Type));
    expect(inner.filter(([id]) => !found.has(id)).map(([id]) => id)).toEqual([]);
  },
);

describe('the properties of every layer', () => {
  const manifest = createRequire(import.meta.url).resolve('liveheartrate-constructs/package.json');
  const { types } = JSON.parse(readFileSync(join(dirname(manifest), '.jsii'), 'utf8')) as {
    types: Record<string, JsiiType>;
  };
  const props = Object.entries(types).filter(([name]) => name.endsWith('Props'));

  it.each(props)('of %s are read-only, described, and say their default', (_, { properties = [] }) => {
    for (const { name, immutable, optional = false, docs = {} } of properties) {
      expect(immutable, name).toBe(true);
      expect(docs.summary, name).toMatch(/\.$/);
      expect(docs.default !== undefined, name).toBe(optional);
    }
  });

  it('are those that are exported', () => {
    expect(props.length).toBeGreaterThanOrEqual(6);
  });
});

interface JsiiType {
  readonly properties?: readonly {
    readonly name: string;
    readonly immutable?: boolean;
    readonly optional?: boolean;
    readonly docs?: { readonly summary?: string; readonly default?: string };
  }[];
}
