import { Command } from 'commander';
import { completionCommand } from './completion.js';
import { demoCommand } from './demo/index.js';
import { doctorCommand } from './doctor.js';
import { addExamples } from './examples.js';
import { EXIT_CODES } from './exit-codes.js';
import { inspectCommand } from './inspect.js';
import { plotCommand } from './plot/index.js';
import { queryCommand } from './query/index.js';
import { replayCommand } from './replay.js';
import { scanCommand } from './scan.js';
import { streamCommand } from './stream.js';

/** The command with all it can be asked. What a command does is loaded when it is asked for. */
export function createProgram(): Command {
  const program = new Command('liveheartrate')
    .description('Heart-rate samples from straps and watches.')
    .version(process.env.LIVEHEARTRATE_VERSION ?? 'unknown')
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  for (const add of [
    scanCommand,
    inspectCommand,
    streamCommand,
    replayCommand,
    queryCommand,
    plotCommand,
    doctorCommand,
    demoCommand,
    completionCommand,
  ])
    add(program);
  program.commands.forEach(addExamples);
  return program;
}
