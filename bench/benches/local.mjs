import { measureCrowd, measureFirstValue, measurePixels } from '../local/live.mjs';
import { measureQuery } from '../local/query.mjs';
import { report } from '../report.mjs';

/** The pipeline on one machine, and its page. */
export async function bench() {
  const firstValueSeconds = await measureFirstValue();
  const sampleToPixelP99Ms = await measurePixels();
  const sensors200Cpu = await measureCrowd();
  const query = await measureQuery();
  return report({
    firstValueSeconds: {
      what: 's from npm start on a built tree until the first value is on the page, in Chromium',
      value: firstValueSeconds,
      bound: { below: 3 },
    },
    sampleToPixelP99Ms: {
      what: 'ms from a sample until it is on the screen: 99 of 100 are quicker',
      value: sampleToPixelP99Ms,
      bound: { below: 150 },
    },
    sensors200Cpu: {
      what: 'of a core for 200 sensors once a second, with a viewer',
      value: sensors200Cpu,
      bound: { below: 0.25 },
    },
    queryMs: {
      what: "ms for one session's highest, lowest and difference in an open archive of 100,000,000 samples",
      value: query.queryMs,
      bound: { below: 300 },
    },
    bytesReadRatio: {
      what: 'of the bytes that the older layout reads for that, JSON by arrival, with the opening of the archive',
      value: query.bytesReadRatio,
      bound: { most: 1 / 50 },
    },
  });
}
