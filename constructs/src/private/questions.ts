import { Names } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { S3Table } from 'aws-cdk-lib/aws-glue';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TABLE_NAME } from './sample-table';
import { library } from './schema';

export interface QuestionsProps {
  readonly table: S3Table;
  readonly results: IBucket;
  readonly encryptionKey: IKey | undefined;
  readonly workGroupName: string | undefined;
  readonly bytesLimit: number;
  readonly timeZone: string;
  readonly zones: readonly number[] | undefined;
  readonly dayFormat: string;
}

/** An Athena workgroup, with the questions that people ask of the archive. */
export class Questions extends Construct {
  readonly workGroup: CfnWorkGroup;
  readonly queries: Record<string, CfnNamedQuery> = {};

  constructor(scope: Construct, id: string, props: QuestionsProps) {
    super(scope, id);
    const { table, results, encryptionKey } = props;
    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      // There is none without a name.
      name:
        props.workGroupName ??
        Names.uniqueResourceName(this, { maxLength: 128, allowedSpecialCharacters: '-_' }),
      // It holds no samples, and its name would be taken when the stack is deployed again.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.bytesLimit,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: results.s3UrlForObject('answers/'),
          encryptionConfiguration: encryptionKey
            ? { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });

    const questions = library.archiveQueries({
      table: TABLE_NAME,
      dialect: 'athena',
      timeZone: props.timeZone,
      dayFormat: props.dayFormat,
      ...(props.zones && { zones: props.zones }),
    });
    for (const { name, description, sql } of questions) {
      const query = new CfnNamedQuery(this, name, {
        name,
        description,
        queryString: sql,
        database: table.database.databaseName,
        workGroup: this.workGroup.name,
      });
      query.addResourceDependency(this.workGroup);
      this.queries[name] = query;
    }
  }
}
