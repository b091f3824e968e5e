import { type Command, Option } from 'commander';
import { nonEmpty, zones } from '../options.js';
import { HELP } from './help.js';
import { FORMATS, withArchiveOptions } from './options.js';
import type { QueryCommandOptions } from './query.js';

/** `liveheartrate query`: what an archive, or OpenSearch, has. */
export function queryCommand(program: Command): void {
  const command = program
    .command('query')
    .argument('[sql]', 'one SELECT over heart_rate')
    .description(
      'ask the archive: maximum, minimum, difference and mean, sessions, zones, or anything in SQL',
    )
    .option('--sessions', 'each session by itself')
    .option('--zones [rates]', 'time in zones, such as 95,114,133,152,171: where each begins', zones);
  withArchiveOptions(command)
    .option(
      '--output <s3-url>',
      'Athena: where its answers go, where the workgroup does not say it',
      nonEmpty,
    )
    .option('--opensearch <url>', 'OpenSearch to ask')
    .option(
      '--index <name>',
      'its index (default: OPENSEARCH_INDEX in the environment, or heart_rate)',
      nonEmpty,
    )
    .addOption(new Option('--format <format>', 'what to write (default: table)').choices(FORMATS))
    .option('--json', 'write JSON, one object a line: short for --format json')
    .addHelpText('after', HELP)
    .action(async (sql: string | undefined, options: QueryCommandOptions) =>
      (await import('./query.js')).query(sql, options),
    );
}
