import type { Command } from 'commander';
import { LONGEST, upTo, withSensorOptions } from './options.js';
import type { ScanCommandOptions } from './run/scan.js';

/** `liveheartrate scan`: who is around. */
export function scanCommand(program: Command): void {
  withSensorOptions(program.command('scan'))
    .description('show the straps and watches around, with signal strength, name and id')
    .option('--seconds <number>', 'how long to listen', upTo(LONGEST), 10)
    .option('--all', 'show every Bluetooth LE device')
    .action(async (options: ScanCommandOptions) => (await import('./run/scan.js')).showAll(options));
}
