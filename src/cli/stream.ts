import { type Command, Option } from 'commander';
import {
  identity,
  ignoreElements,
  lastValueFrom,
  merge,
  type Observable,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { record } from '../recording/index.js';
import { type HeartRateSample, type SensorIdentity, serializeSample } from '../sample/index.js';
import {
  type Central,
  connect,
  heartRates,
  SensorNotFoundError,
  type SensorStatus,
} from '../sensor/index.js';
import { describeSample, describeStatus } from './describe.js';
import { endings, wasStopped } from './endings.js';
import {
  centralOf,
  LONGEST,
  namePattern,
  nonEmpty,
  type SensorCommandOptions,
  upTo,
  whole,
  withSensorOptions,
} from './options.js';
import { note } from './print.js';
import { screenOn } from './screen.js';

interface StreamCommandOptions extends SensorCommandOptions {
  readonly id?: string;
  readonly name?: RegExp;
  readonly all?: true;
  readonly max: number;
  readonly timeout: number;
  readonly silence: number;
  readonly reconnect: boolean;
  readonly record?: string;
  readonly count?: number;
  readonly seconds?: number;
}

/** `liveheartrate stream`: the heart rate as it comes. */
export function streamCommand(program: Command): void {
  withSensorOptions(program.command('stream'))
    .description('show the heart rate as it comes; --json writes the wire format. Ctrl-C ends it')
    .option('--id <id>', 'the id of the sensor, as scan shows it; default: the strongest around', nonEmpty)
    .option('--name <text>', 'a part of its name, or a pattern in slashes', namePattern)
    .addOption(new Option('--all', 'every sensor around').conflicts('id'))
    .option('--max <number>', 'with --all: to how many to be connected at a time', whole(1_000), 50)
    .option('--timeout <seconds>', 'how long to look for it each time', upTo(LONGEST), 30)
    .option('--silence <seconds>', 'after how long without a heart rate to connect again', upTo(LONGEST), 5)
    .option('--no-reconnect', 'end with an error when the link is lost; with --all, of that sensor alone')
    .option('--record <path>', 'write the samples with their packets to a file, too')
    .option('--count <number>', 'end after so many samples', whole(Number.MAX_SAFE_INTEGER))
    .option('--seconds <number>', 'end after so many seconds', upTo(LONGEST))
    .action(showStream);
}

async function showStream(options: StreamCommandOptions): Promise<void> {
  const { json, count, seconds, record: path } = options;
  const screen = screenOn(process.stdout);
  const showSample = json
    ? (sample: HeartRateSample) => process.stdout.write(serializeSample(sample))
    : (sample: HeartRateSample) =>
        process.stdout.isTTY && !options.all
          ? screen.progress(describeSample(sample))
          : screen.line(describeSample(sample));
  const showStatus = (status: SensorStatus, sensor?: SensorIdentity) =>
    (json ? note : screen.line)(describeStatus(status, sensor));

  let samples = 0;
  await lastValueFrom(
    streamOf(centralOf(options), options, showStatus).pipe(
      // Before the recording, which then writes all it has before it completes.
      takeUntil(endings()),
      seconds === undefined ? identity : takeUntil(timer(seconds * 1_000)),
      count === undefined ? identity : take(count),
      path === undefined ? identity : record(path),
      tap((sample) => {
        samples++;
        showSample(sample);
      }),
    ),
    { defaultValue: undefined },
  );
  if (samples > 0 || wasStopped()) return;
  throw new SensorNotFoundError('No heart rate has come. See: liveheartrate doctor.');
}

function streamOf(
  central: Central,
  { id, name, all, max, reconnect, ...times }: StreamCommandOptions,
  onStatus: (status: SensorStatus, sensor?: SensorIdentity) => void,
): Observable<HeartRateSample> {
  const link = { silence: times.silence * 1_000, reconnect: reconnect ? {} : (false as const) };
  if (all) return heartRates(central, { ...link, name, max, onStatus });
  const sensor = connect(central, { ...link, id, name, timeout: times.timeout * 1_000 });
  const statuses$ = sensor.status$.pipe(
    tap((status) => onStatus(status)),
    ignoreElements(),
  );
  return merge(statuses$, sensor.samples$);
}
