import type { Command } from 'commander';
import type { DoctorCommandOptions } from './doctor/index.js';
import { LONGEST, upTo } from './options.js';

/** `liveheartrate doctor`: whether all works here, and what to do where it does not. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check whether Bluetooth works here and what else is installed, and say what to do')
    .option('--seconds <number>', 'how long to listen for straps', upTo(LONGEST), 8)
    .option('--json', 'write JSON')
    .action(async (options: DoctorCommandOptions) => (await import('./doctor/index.js')).examine(options));
}
