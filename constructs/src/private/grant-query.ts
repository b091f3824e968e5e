import { Stack } from 'aws-cdk-lib';
import type { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { Database, S3Table } from 'aws-cdk-lib/aws-glue';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** What of a batch layer is asked. */
interface Archive extends IConstruct {
  readonly bucket: IBucket;
  readonly results: IBucket;
  readonly database: Database;
  readonly table: S3Table;
  readonly workGroup: CfnWorkGroup;
}

/** Allows to ask in the workgroup, and to read what is needed for that and nothing else. */
export function grantQuery(layer: Archive, grantee: IGrantable, samples: string): Grant {
  const { bucket, results, database, table, workGroup } = layer;
  const grant = (actions: string[], resourceArns: string[]) =>
    Grant.addToPrincipal({ grantee, actions, resourceArns });
  const workGroupArn = Stack.of(layer).formatArn({
    service: 'athena',
    resource: 'workgroup',
    resourceName: workGroup.name,
  });
  for (const key of new Set([bucket.encryptionKey, results.encryptionKey])) {
    key?.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey');
  }
  return grant(
    [
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
      'athena:GetQueryExecution',
      'athena:GetQueryResults',
      'athena:GetWorkGroup',
      'athena:ListNamedQueries',
      'athena:GetNamedQuery',
      'athena:BatchGetNamedQuery',
    ],
    [workGroupArn],
  )
    .combine(
      grant(
        ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
        [database.catalog.catalogArn, database.databaseArn, table.tableArn],
      ),
    )
    .combine(grant(['s3:GetBucketLocation', 's3:ListBucket'], [bucket.bucketArn, results.bucketArn]))
    .combine(grant(['s3:GetObject'], [bucket.arnForObjects(samples)]))
    .combine(
      grant(
        ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        [results.arnForObjects('answers/*')],
      ),
    );
}
