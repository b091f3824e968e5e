import type { Command } from 'commander';
import { type DemoOptions, withDemoOptions } from './options.js';

/** `liveheartrate demo`: the whole pipeline on this machine. */
export function demoCommand(program: Command): void {
  withDemoOptions(program.command('demo'))
    .description('run the whole pipeline on this machine, and show it live in the browser. Ctrl-C ends it')
    .action(async (options: DemoOptions) => (await import('./demo.js')).demo(options));
}
