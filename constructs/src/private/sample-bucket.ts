import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import type { LayerProps } from '../layer-props';
import { acknowledge } from './acknowledge';

/** How a bucket keeps what it holds. */
export interface SampleBucketProps extends LayerProps {
  readonly versioned?: boolean;
  readonly lifecycleRules?: LifecycleRule[];
}

/** A bucket for health data: private, encrypted, reached by TLS alone, and without pieces of what was never finished. */
export function sampleBucket(scope: Construct, id: string, props: SampleBucketProps): Bucket {
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: props.versioned ?? true,
    ...(props.encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey: props.encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(30),
      },
      ...(props.lifecycleRules ?? []),
    ],
    removalPolicy,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  });
  acknowledge(
    bucket,
    'S1',
    'Who read what is told by the data events of CloudTrail, to whoever turns them on.',
  );
  return bucket;
}

/** Has a bucket that is deleted emptied only when what writes into it is gone. */
export function emptyAfter(writer: IConstruct, bucket: IBucket): void {
  const emptying = bucket.node.tryFindChild('AutoDeleteObjectsCustomResource');
  if (emptying) writer.node.addDependency(emptying);
}
