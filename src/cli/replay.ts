import { type Command, InvalidArgumentError } from 'commander';
import { withDeliveryOptions } from './delivery/options.js';
import type { ReplayCommandOptions } from './run/replay.js';

/** `liveheartrate replay`: a recording as it came. */
export function replayCommand(program: Command): void {
  const command = program
    .command('replay')
    .description('show a recording as it came, and deliver it; --json writes the wire format')
    .argument('<path>', 'what stream --record, or any other writer of the wire format, wrote')
    .option('--speed <number>', 'how many times as fast, or max', readSpeed, 1)
    .option('--json', 'write JSON, one object a line');
  withDeliveryOptions(command).action(async (path: string, options: ReplayCommandOptions) =>
    (await import('./run/replay.js')).showRecording(path, options),
  );
}

function readSpeed(text: string): number {
  const speed = text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
  if (speed > 0) return speed;
  throw new InvalidArgumentError('It must be a positive number, or max.');
}
