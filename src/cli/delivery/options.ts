import type { Command } from 'commander';
import { LONGEST, nonEmpty, upTo, url } from '../options.js';

/** Where samples are delivered to, and how. */
export interface DeliveryOptions {
  readonly kinesis?: string;
  readonly firehose?: string;
  readonly file?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly spool?: string;
  readonly pack?: number;
}

/** Lets a command take those. */
export const withDeliveryOptions = (command: Command): Command =>
  command
    .optionsGroup('Delivery, to one or several:')
    .option('--kinesis <stream>', 'deliver to a Kinesis data stream, by its name or ARN', nonEmpty)
    .option('--firehose <stream>', 'deliver to a Firehose delivery stream, by its name', nonEmpty)
    .option('--file <path>', 'append to a file, in the wire format', nonEmpty)
    .option('--region <region>', 'of Kinesis and Firehose (default: as the AWS SDK finds it)', nonEmpty)
    .option('--endpoint <url>', 'in place of AWS, such as a stand-in on this machine', url)
    .option(
      '--spool <folder>',
      'keep there what is not delivered yet, through outages and restarts',
      nonEmpty,
    )
    .option(
      '--pack <seconds>',
      'let the samples of so many seconds share a record, which costs less',
      upTo(LONGEST),
    );
