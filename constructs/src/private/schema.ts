import { join } from 'node:path';
import type { Column } from 'aws-cdk-lib/aws-glue';
import { Schema } from 'aws-cdk-lib/aws-glue';

/** What of the library the layers are made from, bundled beside the functions. */
interface Library {
  readonly version: string;
  tableColumns(dialect: 'glue'): { name: string; type: string; comment: string }[];
  archiveQueries(options: {
    readonly table: string;
    readonly dialect: 'athena';
    readonly timeZone: string;
    readonly zones?: readonly number[];
    readonly dayFormat: string;
  }): { name: string; description: string; parameters: readonly string[]; sql: string }[];
}

// Its path is known only once it has been bundled.
export const library: Library = require(join(__dirname, '..', '..', 'assets', 'schema', 'index.js'));

/** The columns of a sample, as Glue takes them. */
export const sampleColumns = (): Column[] =>
  library
    .tableColumns('glue')
    .map(({ name, type, comment }) => ({ name, type: Schema.custom(type), comment }));
