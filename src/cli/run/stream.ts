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
import { record } from '../../recording/index.js';
import { type HeartRateSample, type SensorIdentity, serializeSample } from '../../sample/index.js';
import {
  type Central,
  connect,
  heartRates,
  SensorNotFoundError,
  type SensorStatus,
} from '../../sensor/index.js';
import { centralOf } from '../central.js';
import { type Delivery, startDelivery } from '../delivery/delivery.js';
import type { DeliveryOptions } from '../delivery/options.js';
import { describeSample, describeStatus } from '../describe.js';
import { endings, wasStopped } from '../endings.js';
import type { SensorCommandOptions } from '../options.js';
import { type Output, outputFor } from '../output.js';

export interface StreamCommandOptions extends SensorCommandOptions, DeliveryOptions {
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

/** Shows samples as they come, and delivers them where that is asked for. */
export async function showStream(options: StreamCommandOptions): Promise<void> {
  const { json = false, count, seconds, record: path } = options;
  const output = outputFor(json);
  const delivery = await startDelivery(options, output, { live: true });
  const show = json ? writeSample : forPeople(options, output, delivery);
  const showStatus = (status: SensorStatus, sensor?: SensorIdentity) =>
    output.tell(describeStatus(status, sensor, output.paint));

  let samples = 0;
  await delivery.during((refused$) =>
    lastValueFrom(
      streamOf(centralOf(options), options, showStatus).pipe(
        // Before the recording, which then writes all it has before it completes.
        takeUntil(merge(endings(), refused$)),
        seconds === undefined ? identity : takeUntil(timer(seconds * 1_000)),
        count === undefined ? identity : take(count),
        path === undefined ? identity : record(path),
        tap((sample) => {
          samples++;
          delivery.accept(sample);
          show(sample);
        }),
      ),
      { defaultValue: undefined },
    ),
  );
  if (samples > 0 || wasStopped()) return;
  throw new SensorNotFoundError('No heart rate has come. See: liveheartrate doctor.');
}

const writeSample = (sample: HeartRateSample) => void process.stdout.write(serializeSample(sample));

function forPeople({ all }: StreamCommandOptions, output: Output, delivery: Delivery) {
  const write = output.overwrites && !all ? output.progress : output.tell;
  return (sample: HeartRateSample) => {
    const state = output.overwrites ? delivery.state() : '';
    write([describeSample(sample), ...(state ? [state] : [])].join('   '));
  };
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
