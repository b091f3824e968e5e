import type { Command } from 'commander';
import { LONGEST, namePattern, nonEmpty, upTo, withSensorOptions } from './options.js';
import type { InspectCommandOptions } from './run/inspect.js';

/** `liveheartrate inspect`: what a device has. */
export function inspectCommand(program: Command): void {
  withSensorOptions(program.command('inspect'))
    .description('show all services and characteristics of a device')
    .argument('[id]', 'its id, as scan shows it; default: the strongest strap around', nonEmpty)
    .option('--name <text>', 'a part of its name, or a pattern in slashes', namePattern)
    .option('--timeout <seconds>', 'how long to look for it', upTo(LONGEST), 30)
    .action(async (id: string | undefined, options: InspectCommandOptions) =>
      (await import('./run/inspect.js')).showServices(id, options),
    );
}
