import {
  type Database,
  DataFormat,
  DateIntervalUnit,
  PartitionProjectionConfiguration,
  S3Table,
  S3TableStorage,
  Schema,
} from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Layout } from './layouts';
import { sampleColumns } from './schema';

/** Name of the table, within a database of its own: what people write after FROM. */
export const TABLE_NAME = 'heart_rate';

/** The table of samples, whose days are known without anybody looking for them. */
export function sampleTable(scope: Construct, database: Database, bucket: IBucket, layout: Layout): S3Table {
  return new S3Table(scope, 'Table', {
    database,
    tableName: TABLE_NAME,
    description: 'Heart-rate samples; times are UTC, and the day is that of arrival',
    columns: sampleColumns(),
    partitionKeys: [{ name: 'day', type: Schema.STRING, comment: 'day of arrival' }],
    dataFormat: DataFormat.PARQUET,
    storage: S3TableStorage.fromBucket(bucket),
    s3Prefix: layout.folder,
    partitionProjection: {
      day: PartitionProjectionConfiguration.date({
        min: layout.firstDay,
        // Where the folders are by local time, tomorrow has begun somewhere.
        max: 'NOW+1DAYS',
        format: layout.dayFormat,
        step: { interval: 1, intervalUnit: DateIntervalUnit.DAYS },
      }),
    },
    parameters: { 'storage.location.template': bucket.s3UrlForObject(`${layout.folder}${layout.location}`) },
  });
}
