import { takeUntil, tap } from 'rxjs';
import { RecordingError, replay } from '../../recording/index.js';
import { serializeSample } from '../../sample/index.js';
import { startDelivery } from '../delivery/delivery.js';
import type { DeliveryOptions } from '../delivery/options.js';
import { describeSample } from '../describe.js';
import { untilEnd, wasStopped } from '../endings.js';
import { outputFor } from '../output.js';
import { print } from '../print.js';

export interface ReplayCommandOptions extends DeliveryOptions {
  readonly speed: number;
  readonly json?: true;
}

/** Shows a recording, and delivers it where that is asked for. */
export async function showRecording(path: string, options: ReplayCommandOptions): Promise<void> {
  const { speed, json = false } = options;
  const delivery = await startDelivery(options, outputFor(json), { live: false });
  let samples = 0;
  await delivery.during((refused$) =>
    untilEnd(
      replay(path, { speed, hold: delivery.accept }).pipe(
        takeUntil(refused$),
        tap((sample) => {
          samples++;
          if (json) process.stdout.write(serializeSample(sample));
          else print(`${sample.timestamp.toISOString()}   ${describeSample(sample)}`);
        }),
      ),
    ),
  );
  if (samples > 0 || wasStopped()) return;
  throw new RecordingError(`The recording ${path} holds no sample.`);
}
