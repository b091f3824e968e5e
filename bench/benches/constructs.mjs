import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../scripts/prepare.mjs';
import { installSolutions } from '../constructs/solutions.mjs';
import { synth } from '../constructs/synth.mjs';
import { report } from '../report.mjs';
import { median } from '../statistics.mjs';

const RUNS = 9;
const path = (/** @type {string} */ its) => fileURLToPath(new URL(`../${its}`, import.meta.url));

/** The CDK constructs: how long one line takes, what it saves, and what comes of it. */
export async function bench() {
  prepare({ constructs: true });
  const indexer = path('../constructs/assets/indexer');
  const apps = {
    ours: () => synth(path('constructs/ours-app.mjs')),
    solutions: () => synth(solutions, [indexer]),
  };
  const solutions = installSolutions();
  const { resources } = apps.ours();
  checkSame(resources, synth(path('constructs/plain-app.mjs')).resources);
  apps.solutions();
  const seconds = { ours: /** @type {number[]} */ ([]), solutions: /** @type {number[]} */ ([]) };
  for (let run = 0; run < RUNS; run++) {
    seconds.ours.push(apps.ours().seconds);
    seconds.solutions.push(apps.solutions().seconds);
  }
  return report({
    synthSeconds: {
      what: 's from the start of the process until the template of the one line is there, without validation',
      value: median(seconds.ours),
      bound: { below: 1.5 },
    },
    synthRatio: {
      what: 'of the time of three patterns of AWS Solutions Constructs, which make a part of it',
      value: median(seconds.ours) / median(seconds.solutions),
      bound: { most: 1.5 },
    },
    linesRatio: {
      what: 'lines by the constructs of the CDK itself for the same resources, against one',
      value: linesOf('plain-pipeline.mjs', /^export function plainPipeline/),
      bound: { least: 200 },
    },
    resources: { what: 'resources in the template', value: resources.length, bound: { least: 60 } },
    assetKiB: {
      what: 'KiB of the indexer, as it is deployed',
      value: statSync(`${indexer}/index.js`).size / 1024,
      bound: { most: 400 },
    },
  });
}

/**
 * What is compared must be the same.
 * @param {{ Type: string }[]} ours
 * @param {{ Type: string }[]} plain
 */
function checkSame(ours, plain) {
  const [expected, actual] = [ours, plain].map((resources) =>
    JSON.stringify(resources.map(({ Type }) => Type).sort()),
  );
  if (actual !== expected)
    throw new Error(`The plain app has other resources: ${actual} instead of ${expected}.`);
}

/**
 * Lines in the body of a function, without empty ones and comments.
 * @param {string} file
 * @param {RegExp} begin
 */
function linesOf(file, begin) {
  const lines = readFileSync(path(`constructs/${file}`), 'utf8').split('\n');
  const start = lines.findIndex((line) => begin.test(line));
  const body = lines.slice(start + 1, lines.indexOf('}', start));
  return body.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
}
