import { type Command, InvalidArgumentError } from 'commander';
import { tap } from 'rxjs';
import { RecordingError, replay } from '../recording/index.js';
import { serializeSample } from '../sample/index.js';
import { describeSample } from './describe.js';
import { untilEnd, wasStopped } from './endings.js';
import { print } from './print.js';

interface ReplayCommandOptions {
  readonly speed: number;
  readonly json?: true;
}

/** `liveheartrate replay`: a recording as it came. */
export function replayCommand(program: Command): void {
  program
    .command('replay')
    .description('show a recording as it came; --json writes the wire format')
    .argument('<path>', 'what stream --record, or any other writer of the wire format, wrote')
    .option('--speed <number>', 'how many times as fast, or max', readSpeed, 1)
    .option('--json', 'write JSON, one object a line')
    .action(showRecording);
}

async function showRecording(path: string, { speed, json }: ReplayCommandOptions): Promise<void> {
  let samples = 0;
  await untilEnd(
    replay(path, { speed }).pipe(
      tap((sample) => {
        samples++;
        if (json) process.stdout.write(serializeSample(sample));
        else print(`${sample.timestamp.toISOString()}   ${describeSample(sample)}`);
      }),
    ),
  );
  if (samples > 0 || wasStopped()) return;
  throw new RecordingError(`The recording ${path} holds no sample.`);
}

function readSpeed(text: string): number {
  const speed = text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
  if (speed > 0) return speed;
  throw new InvalidArgumentError('It must be a positive number, or max.');
}
