import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Sizing } from 'liveheartrate-constructs';
import { describe, expect, it } from 'vitest';
import { render } from '../support/constructs/render.ts';
import { INDEX, made, type Props } from '../support/constructs/speed.ts';
import { idOf, ofType, only } from '../support/constructs/synth.ts';
import { theirDomain, theirSecret } from '../support/constructs/variants.ts';

const DOMAIN = 'AWS::OpenSearchService::Domain';

describe('a domain that is made', () => {
  it('encrypts, takes TLS and roles alone, and has no password', () => {
    const synthesized = made();
    const domain = only(synthesized, DOMAIN);
    expect(domain).toMatchObject({
      EngineVersion: 'OpenSearch_3.5',
      AdvancedSecurityOptions: {
        Enabled: true,
        InternalUserDatabaseEnabled: false,
        MasterUserOptions: {
          MasterUserARN: { 'Fn::GetAtt': [expect.stringMatching(/^SpeedSetupRole/), 'Arn'] },
        },
      },
      DomainEndpointOptions: {
        EnforceHTTPS: true,
        TLSSecurityPolicy: expect.stringContaining('TLS-1-2-PFS'),
      },
      EncryptionAtRestOptions: { Enabled: true },
      NodeToNodeEncryptionOptions: { Enabled: true },
    });
    expect(Object.keys(domain.LogPublishingOptions as object)).toEqual(['ES_APPLICATION_LOGS']);
  });

  it.each([1, 100, 10_000, 200_000])('has the nodes and volumes that %i wearers need', (wearers) => {
    const { size } = Sizing.estimate({ wearers, retention: Duration.days(90) });
    const synthesized = made({ wearers });
    const domain = only(synthesized, DOMAIN) as {
      ClusterConfig: Record<string, unknown>;
      EBSOptions: Record<string, unknown>;
    };
    const several = size.availabilityZones > 1;
    expect(domain.ClusterConfig).toMatchObject({
      InstanceCount: size.dataNodes,
      InstanceType: size.dataNodeInstanceType,
      ZoneAwarenessEnabled: several,
      DedicatedMasterEnabled: size.masterNodes > 0,
      ...(several && { ZoneAwarenessConfig: { AvailabilityZoneCount: size.availabilityZones } }),
      ...(size.masterNodes > 0 && { DedicatedMasterCount: size.masterNodes }),
    });
    expect(domain.EBSOptions).toMatchObject({ VolumeType: 'gp3', VolumeSize: size.volumeSize });
    const { replicas, shards } = only(synthesized, INDEX) as { replicas: number; shards: number };
    expect(shards).toBe(size.indexShards);
    // A copy that has no node of its own would leave the domain yellow for ever.
    expect(replicas).toBeLessThan(size.dataNodes);
    if (several) expect(replicas).toBeGreaterThan(0);
  });

  it('is encrypted by the key that is asked for, as is what could not be indexed', () => {
    const synthesized = made((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    expect(only(synthesized, DOMAIN)).toMatchObject({
      EncryptionAtRestOptions: { KmsKeyId: { Ref: expect.stringMatching(/^Key/) } },
    });
    expect(JSON.stringify(only(synthesized, 'AWS::S3::Bucket').BucketEncryption)).toContain('aws:kms');
  });
});

describe('a domain that is there', () => {
  const theirs = (props: Props = {}) => made((stack) => ({ domain: theirDomain(stack), ...props }));

  it('has as many copies of an index as are asked for, such as one with standby wants', () => {
    expect(only(theirs({ replicas: 2 }), INDEX)).toMatchObject({ replicas: 2 });
    expect(only(theirs(), INDEX)).not.toHaveProperty('replicas');
    const other = made({ endpoint: 'https://search.example.org', replicas: 0 });
    expect(only(other, INDEX)).toMatchObject({ replicas: 0 });
  });

  it('is used as it is', () => {
    const synthesized = theirs();
    expect(ofType(synthesized, DOMAIN)).toEqual([]);
    const index = only(synthesized, INDEX);
    expect(index).toMatchObject({ endpoint: 'https://search-theirs-abc.example.org', security: 'false' });
    // How many nodes it has is not known.
    expect(index).not.toHaveProperty('replicas');
    expect(synthesized.built.domain?.domainName).toBe('theirs');
  });

  it('is given roles where that is asked for', () => {
    expect(only(theirs({ fineGrainedAccess: true }), INDEX)).toMatchObject({ security: 'true' });
    expect(only(theirs({ fineGrainedAccess: false }), INDEX)).toMatchObject({ security: 'false' });
  });
});

describe('OpenSearch Serverless', () => {
  it('is a collection for searches, encrypted, behind policies', () => {
    const synthesized = made({ serverless: true });
    const { built } = synthesized;
    expect(ofType(synthesized, DOMAIN)).toEqual([]);
    const collection = only(synthesized, 'AWS::OpenSearchServerless::Collection');
    expect(collection).toMatchObject({
      Type: 'SEARCH',
      Name: expect.stringMatching(/^[a-z][a-z0-9-]{2,31}$/),
    });
    const encryption = only(synthesized, 'AWS::OpenSearchServerless::SecurityPolicy', 'Encryption');
    expect(JSON.parse(String(encryption.Policy))).toEqual({
      Rules: [{ ResourceType: 'collection', Resource: [`collection/${collection.Name}`] }],
      AWSOwnedKey: true,
    });
    expect(built.collection && idOf(built.collection)).toMatch(/^SpeedSearchCollection/);
    expect(built.domain).toBeUndefined();
    expect(only(synthesized, INDEX)).toMatchObject({ auth: 'aoss', security: 'false' });
    // It deletes nothing by itself.
    expect(only(synthesized, INDEX)).not.toHaveProperty('retention');
  });

  it('is encrypted by the key that is asked for', () => {
    const synthesized = made((stack) => ({ serverless: true, encryptionKey: new Key(stack, 'Key') }));
    const { Policy } = only(synthesized, 'AWS::OpenSearchServerless::SecurityPolicy', 'Encryption');
    expect(JSON.parse(render(Policy))).toMatchObject({ KmsARN: '<Key.Arn>' });
  });

  it('is a domain where it is not wanted', () => {
    expect(ofType(made({ serverless: false }), DOMAIN)).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  it('is asked with the credentials of a secret, which is not in the template', () => {
    const synthesized = made((stack) => ({
      endpoint: 'https://search.example.org',
      credentials: theirSecret(stack),
    }));
    const index = only(synthesized, INDEX);
    expect(index).toMatchObject({ endpoint: 'https://search.example.org', auth: 'basic', security: 'false' });
    expect(render(index.secretArn)).toMatch(/:secret:theirs-AbCdEf$/);
    const { Variables } = only(synthesized, 'AWS::Lambda::Function', 'Handler').Environment as {
      Variables: Record<string, unknown>;
    };
    expect(render(Variables.OPENSEARCH_SECRET_ARN)).toBe(render(index.secretArn));
    expect(Variables).not.toHaveProperty('OPENSEARCH_AUTH');
  });

  it('is asked without any where it wants none', () => {
    expect(only(made({ endpoint: 'http://search.local:9200' }), INDEX)).toMatchObject({ auth: 'none' });
  });
});
