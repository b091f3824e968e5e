import { type Command, Option } from 'commander';
import { withDeliveryOptions } from './delivery/options.js';
import { LONGEST, namePattern, nonEmpty, upTo, whole, withSensorOptions } from './options.js';
import type { StreamCommandOptions } from './run/stream.js';

/** `liveheartrate stream`: the heart rate as it comes. */
export function streamCommand(program: Command): void {
  const command = withSensorOptions(program.command('stream'))
    .description(
      'show the heart rate as it comes, and deliver it; --json writes the wire format. Ctrl-C ends it',
    )
    .option('--id <id>', 'the id of the sensor, as scan shows it; default: the strongest around', nonEmpty)
    .option('--name <text>', 'a part of its name, or a pattern in slashes', namePattern)
    .addOption(new Option('--all', 'every sensor around').conflicts('id'))
    .option('--max <number>', 'with --all: to how many to be connected at a time', whole(1_000), 50)
    .option('--timeout <seconds>', 'how long to look for it each time', upTo(LONGEST), 30)
    .option('--silence <seconds>', 'after how long without a heart rate to connect again', upTo(LONGEST), 5)
    .option('--no-reconnect', 'end with an error when the link is lost; with --all, of that sensor alone')
    .option('--record <path>', 'write the samples with their packets to a file, too', nonEmpty)
    .option('--count <number>', 'end after so many samples', whole(Number.MAX_SAFE_INTEGER))
    .option('--seconds <number>', 'end after so many seconds', upTo(LONGEST));
  withDeliveryOptions(command).action(async (options: StreamCommandOptions) =>
    (await import('./run/stream.js')).showStream(options),
  );
}
