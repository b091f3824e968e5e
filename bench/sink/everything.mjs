import { defineSink } from 'liveheartrate';

/** Of Kinesis. */
const limits = { records: 500, bytes: 10 * 2 ** 20, recordBytes: 2 ** 20 };

/**
 * A sink whose service takes everything at once.
 * @param {import('liveheartrate').SinkOptions} options
 * @param {(records: readonly import('liveheartrate').SinkRecord[]) => void} [onCall]
 */
export const sinkOfEverything = (options, onCall = () => {}) =>
  defineSink(
    {
      name: 'everything',
      limits,
      send: async (records) => {
        onCall(records);
        return records.map(() => undefined);
      },
    },
    options,
  );
