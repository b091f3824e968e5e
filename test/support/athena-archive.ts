import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tableColumns } from '../../src/sample/index.js';
import { callJson } from './deploy/aws-call.js';

const BUCKET = 'archive';
export const DATABASE = 'health';
export const WORKGROUP = 'questions';
export const RESULTS = `s3://${BUCKET}/results/`;
const WITHIN = 60_000;

/** Puts the Parquet files of a local archive into a bucket, and makes the table of them, as the pipeline has it. */
export async function uploadArchive(aws: string, folder: string): Promise<void> {
  const put = async (path: string, body?: Buffer) => {
    const signal = AbortSignal.timeout(WITHIN);
    const response = await fetch(`${aws}/${BUCKET}${path}`, {
      method: 'PUT',
      body: body ? new Uint8Array(body) : null,
      signal,
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await put('');
  for (const name of await readdir(join(folder, 'heart_rate'), { recursive: true })) {
    if (!name.endsWith('.parquet')) continue;
    await put(
      `/heart_rate/${name.split('/').map(encodeURIComponent).join('/')}`,
      await readFile(join(folder, 'heart_rate', name)),
    );
  }
  await callJson(aws, 'AWSGlue.CreateDatabase', { DatabaseInput: { Name: DATABASE } });
  await callJson(aws, 'AWSGlue.CreateTable', {
    DatabaseName: DATABASE,
    TableInput: {
      Name: 'heart_rate',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: 'day', Type: 'string' }],
      StorageDescriptor: {
        Location: `s3://${BUCKET}/heart_rate/`,
        Columns: tableColumns('glue').map(({ name, type }) => ({ Name: name, Type: type })),
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  });
  await callJson(aws, 'AmazonAthena.CreateWorkGroup', {
    Name: WORKGROUP,
    Configuration: { ResultConfiguration: { OutputLocation: RESULTS } },
  });
}
