const KiB = 1024;

/**
 * What each import costs a page or a program at most: bytes, minified and compressed by gzip, without RxJS and other
 * packages. The first lines are what is mostly imported of the core; `*` is all of it, which nobody needs at once.
 */
export const budget: Readonly<Record<string, number>> = {
  "{ heartRate } from 'liveheartrate'": 5 * KiB,
  "{ heartRate, sendTo } from 'liveheartrate'": 5.5 * KiB,
  "{ decodeHeartRateMeasurement } from 'liveheartrate'": 1 * KiB,
  "{ scan } from 'liveheartrate'": 1 * KiB,
  "{ parseSamples } from 'liveheartrate'": 2.5 * KiB,
  "{ serializeSample } from 'liveheartrate'": 1.25 * KiB,
  "{ archiveQueries } from 'liveheartrate'": 3 * KiB,
  "* from 'liveheartrate'": 23 * KiB,
  "* from 'liveheartrate/noble'": 6 * KiB,
  "* from 'liveheartrate/web-bluetooth'": 3 * KiB,
  "* from 'liveheartrate/simulator'": 6 * KiB,
  "* from 'liveheartrate/recording'": 5 * KiB,
  "* from 'liveheartrate/kinesis'": 14 * KiB,
  "* from 'liveheartrate/firehose'": 14 * KiB,
  "* from 'liveheartrate/file'": 15 * KiB,
  "* from 'liveheartrate/lambda'": 14 * KiB,
  "* from 'liveheartrate/opensearch'": 7 * KiB,
  "* from 'liveheartrate/serving'": 6 * KiB,
  "* from 'liveheartrate/local'": 26 * KiB,
  "* from 'liveheartrate/dashboard'": 13 * KiB,
  "* from 'liveheartrate/testing'": 4 * KiB,
};
