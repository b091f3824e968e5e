import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { delimiter, join } from 'node:path';
import { lastValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, inject, it } from 'vitest';
import { parseSamples } from '../../src/index.js';
import { openArchive } from '../../src/local/index.js';
import { heartRate } from '../../src/sensor/index.js';
import { simulatedCentral } from '../../src/simulator/index.js';
import { commandOf, copyExample, examples, runCommand } from '../support/package/example.ts';

const [full, bare, python] = [inject('full'), inject('bare'), inject('python')];
const DEADLINE = 200_000;

/** What every strap of an example sends: the first one of the simulator, whatever the speed. */
const rates = await lastValueFrom(
  heartRate(simulatedCentral({ speed: 50_000 })).pipe(
    take(600),
    map((sample) => sample.heartRate),
    toArray(),
  ),
);
const numbersOf = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].map(([, number]) => Number(number));
const expectFirst = (found: number[]) => {
  expect(found.length).toBeGreaterThan(1);
  expect(found).toEqual(rates.slice(0, found.length));
};

interface Example {
  /** Where it ends with Ctrl-C: what it says before. */
  readonly until?: RegExp;
  /** What it must have said, and done in its folder. */
  check(output: string, folder: string): unknown;
}

/** Every example that is a program, by the name of its folder. */
const programs: Readonly<Record<string, Example>> = {
  '01-first-beat': {
    until: /(bpm \[.*){3}/s,
    check(output) {
      expectFirst(numbersOf(output, /^(\d+) bpm \[ \d+\.?\d*.*\]$/gm));
    },
  },
  '02-scan-and-inspect': {
    check(output) {
      expect(output).toMatch(/^Simulated 1 -\d+ dBm\nSimulated 2 -\d+ dBm\nSimulated 3 -\d+ dBm\n/);
      expect(output).toContain(
        '\nHeart Rate\n  Heart Rate Measurement: notify\n  Body Sensor Location: read\n',
      );
      expect(output).toContain('\nBattery\n  Battery Level: read, notify\n');
    },
  },
  '03-record-and-replay': {
    async check(output, folder) {
      const [file = ''] = (await readdir(folder)).filter((name) => /^ride-\d+\.jsonl$/.test(name));
      const { samples } = parseSamples(await readFile(join(folder, file)));
      const expected = rates.slice(0, 30);
      expect(samples.map((sample) => sample.heartRate)).toEqual(expected);
      expect(numbersOf(output, /^recorded (\d+)$/gm)).toEqual(expected);
      expect(numbersOf(output, /^replayed (\d+)$/gm)).toEqual(expected);
      expect(output).toContain(`Both are in ${file}`);
    },
  },
  '04-several-straps': {
    until: /^(?=.*Simulated 1: \d)(?=.*Simulated 2: \d)(?=.*Simulated 3: \d)/m,
    check(output) {
      for (const name of ['Simulated 1', 'Simulated 2', 'Simulated 3']) {
        expect(output.match(new RegExp(`${name} is (\\w+)`, 'g'))?.map((text) => text.split(' ')[3])).toEqual(
          [...['scanning', 'connecting', 'live', 'ended']],
        );
      }
      const first = numbersOf(output, /Simulated 1: (\d+)/g);
      expect(first.filter((rate) => !rates.slice(0, 60).includes(rate))).toEqual([]);
    },
  },
  '05-own-sink': {
    until: /(\[[\s\d,]+\].*){2}/s,
    check(output) {
      const posted = [...output.matchAll(/\[([\s\d,]+)\]/g)].flatMap(([, list = '']) => list.split(','));
      expectFirst(posted.map(Number));
      expect(output).toContain('busy\nDELIVERY_FAILED: The webhook answered 503.\n');
      const { length } = posted;
      expect(output).toContain(`{ accepted: ${length}, delivered: ${length}, dropped: 0, calls: `);
    },
  },
  '06-kinesis': {
    until: /(sent \d+\n){3}/,
    check(output) {
      const stored = numbersOf(output, /^stored (\d+)$/gm);
      expectFirst(stored);
      expect(numbersOf(output, /^sent (\d+)$/gm)).toEqual(stored);
      expect(output).toContain(`${stored.length} samples delivered to Kinesis stream hr-kinesis-stream\n`);
    },
  },
  '07-firehose': {
    until: /(sent \d+\n){5}/,
    check(output) {
      const objects = [...output.matchAll(/^\d{4}\/\d\d\/\d\d\/\S+ \[([\s\d,]+)\]/gm)];
      const stored = objects.flatMap(([, list = '']) => list.split(',').map(Number));
      expectFirst(stored);
      expect(numbersOf(output, /^sent (\d+)$/gm)).toEqual(stored);
      expect(objects.length).toBeLessThan(stored.length);
    },
  },
  '08-lambda-handler': {
    check(output) {
      expect(output).toContain('first { batchItemFailures: [] }\n');
      expect(output).toContain('delivered again { batchItemFailures: [] }\n');
      expect(output).toContain('10 samples, 1 rejected\n');
    },
  },
  '09-local-archive': {
    async check(output, folder) {
      const archive = await openArchive(join(folder, 'archive'));
      const [row] = await archive.query('SELECT list(heart_rate ORDER BY sequence) AS rates FROM heart_rate');
      await archive.close();
      expect(row?.rates).toEqual(rates);
      expect(output).toMatch(/^samples 600$/m);
      const [slowest = 0, fastest = 0] = numbersOf(output, /^\w+est \{ minute: .*, mean: ([\d.]+) \}$/gm);
      expect(slowest).toBeGreaterThan(Math.min(...rates));
      expect(fastest).toBeGreaterThan(slowest);
      expect(fastest).toBeLessThan(Math.max(...rates));
    },
  },
  '10-alerts': {
    until: /cleared.*raised/s,
    check(output) {
      const lines = output.trim().split('\n');
      expect(lines.length).toBeGreaterThan(2);
      for (const [at, line] of lines.entries())
        expect(line).toMatch(at % 2 === 0 ? /^\S+Z raised 1[5-9]\d$/ : /^\S+Z cleared 1[23]\d$/);
    },
  },
};

/** Those that are no programs of Node.js have tests of their own beside this one. */
const others = ['11-browser-page', '12-one-machine', '13-cdk-app'];

const folders = (await readdir(examples, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it('every example is run', () => {
  expect(folders.sort()).toEqual([...Object.keys(programs), ...others]);
});

describe.concurrent('each example', () => {
  it.for(Object.entries(programs))('%s does what it says', async ([name, example], { expect, skip }) => {
    if (name === '07-firehose' && 'skip' in python) return skip(python.skip);
    const path = 'skip' in python ? process.env.PATH : `${python.bin}${delimiter}${process.env.PATH}`;
    const folder = await copyExample(name, full);
    const running = runCommand(await commandOf(name), folder, { PATH: path });
    try {
      if (example.until) {
        await running.says(example.until, DEADLINE);
        running.interrupt();
      }
      const { code, output } = await running.ended(DEADLINE);
      expect(output).not.toContain('Error');
      expect(code).toBe(0);
      await example.check(running.stdout(), folder);
    } finally {
      running.kill();
    }
  });

  it('says what is missing where there is no Bluetooth', async ({ expect }) => {
    const folder = await copyExample('01-first-beat', bare);
    const running = runCommand(`${await commandOf('01-first-beat')} --ble`, folder);
    const { code, output } = await running.ended(DEADLINE);
    expect(output).toMatch(/^[A-Z_]+: .*npm install --ignore-scripts @stoprocent\/noble/);
    expect(code).toBe(1);
  });
});

describe('the README', () => {
  it.for(folders)('of %s names all that the example imports', async (name) => {
    const files = (await readdir(join(examples, name))).filter((file) => /\.m?js$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(examples, name, file), 'utf8')));
    const imported = texts
      .flatMap((text) => [...text.matchAll(/(?:from|import\(?|resolve\() ?'([^.'][^']*)'/g)])
      .map(([, path = '']) => path)
      .filter((path) => !path.startsWith('node:') && !builtinModules.includes(path))
      .map((path) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0]);
    const readme = await readFile(join(examples, name, 'README.md'), 'utf8');
    const installed = /npm install ([^`\n]+)`/.exec(readme)?.[1]?.split(' ') ?? [];
    expect(installed).toEqual(expect.arrayContaining([...new Set(imported)]));
  });

  it('of all has each with its command', async () => {
    const readme = await readFile(join(examples, 'README.md'), 'utf8');
    for (const name of folders) {
      const row = readme.split('\n').find((line) => line.includes(`](${name})`));
      const command = (await commandOf(name)).replace(/ --simulate.*/, ' …');
      expect(row).toContain(`\`${command}\``);
    }
  });
});
