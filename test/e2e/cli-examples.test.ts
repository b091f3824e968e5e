import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { type AwsEndpoint, startAwsEndpoint } from '../support/aws-endpoint/endpoint.mjs';
import { runProgram } from '../support/program.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const DEADLINE = 120_000;
/** What needs an archive with something in it, and is tested beside that. */
const ELSEWHERE = ['query', 'plot'];

/** The lines of a help that one can copy. */
function examplesOf(help: string): string[] {
  return [...help.matchAll(/^ {2}\$ (?:npx )?liveheartrate (.*?)(?: +#.*)?$/gm)].map(([, line = '']) => line);
}

const commands = createProgram().commands.map((command) => {
  const help: string[] = [];
  command.configureOutput({ writeOut: (text) => void help.push(text) }).outputHelp();
  return { name: command.name(), command, examples: examplesOf(help.join('')) };
});

let folder: string;
let aws: AwsEndpoint;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-examples-'));
  aws = await startAwsEndpoint();
  // Wherever an example delivers to, it is to this; and its home is not that of who runs the tests.
  env = {
    ...{ HOME: folder, AWS_ENDPOINT_URL: aws.url, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  };
  const words = ['stream', '--simulated', '1', '--count', '2', '--record', 'ride.jsonl'];
  expect((await runProgram(CLI, words, folder).ended(DEADLINE)).code).toBe(0);
});
afterAll(async () => {
  await aws.stop();
  await rm(folder, { recursive: true });
});

it.each(commands)('the help of $name has examples, of $name', ({ name, examples }) => {
  expect(examples.length).toBeGreaterThan(0);
  for (const line of examples) expect(line.split(' ')[0]).toBe(name);
});

const runnable = commands.flatMap(({ name, command, examples }) => {
  if (ELSEWHERE.includes(name)) return [];
  const takes = (flag: string) => command.options.some(({ long }) => long === flag);
  const here = examples.filter((line) => !/--(ble|opensearch|host) /.test(`${line} `));
  return here.map((line) => {
    // A strap that is not there, and an end; what is said last counts.
    const simulated = takes('--simulated') ? ['--simulated', '2'] : [];
    return {
      line,
      words: [...line.split(' '), ...simulated, ...(takes('--seconds') ? ['--seconds', '3'] : [])],
    };
  });
});

describe('an example that is copied', () => {
  it.each(runnable)('liveheartrate $line', async ({ words }) => {
    // The simulated straps have no maker.
    const renamed = words.map((word) => (word === 'polar' ? 'simulated' : word));
    const { code, output } = await runProgram(CLI, renamed, folder, env).ended(DEADLINE);
    // What a machine without a radio is told is no fault of the line.
    expect([code, output], output).toEqual([
      words[0] === 'doctor' ? expect.any(Number) : 0,
      expect.any(String),
    ]);
    if (words[0] === 'doctor') expect([0, 1]).toContain(code);
  });
});
