import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serializeSample } from '../../../src/sample/index.js';
import { runProgram } from '../../support/program.js';
import { sampleOf } from '../../support/samples.js';
import { soon } from '../../support/soon.js';
import { freshRide, openSink, sequences, textOf, untilNames } from './folders.js';

const ride = freshRide();
const folder = () => dirname(ride());

let programs: string;
let program: string;
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'rotating-'));
  program = join(programs, 'rotating.mjs');
  const contents = `
    import { fileSink } from './src/file/index.js';
    import { sampleOf } from './test/support/samples.js';

    const [path, count, options = '{}'] = process.argv.slice(2);
    const sink = fileSink({ path, ...JSON.parse(options) });
    let delivered = 0;
    sink.settled$.subscribe(({ outcome }) => {
      if (outcome === 'delivered') delivered++;
    });
    for (let sequence = 0; sequence < Number(count); sequence++) sink.accept(sampleOf(sequence));
    await sink.close();
    console.log(delivered);`;
  const bundle = { bundle: true, platform: 'node', format: 'esm', outfile: program } as const;
  await build({ stdin: { contents, resolveDir: process.cwd() }, ...bundle });
});
afterAll(() => rm(programs, { recursive: true }));

/** What a command wrote on its standard output and error. */
const execute = async (command: string, words: string[]) => {
  const { stdout, stderr } = await promisify(execFile)(command, words);
  return [stdout, stderr];
};

const COMPRESSING = JSON.stringify({ rotate: { bytes: 1000 }, gzip: true });

describe('a process with a file sink that compresses', () => {
  it('ends by itself, with everything compressed that it has put away', async () => {
    const { code, output } = await runProgram(program, [ride(), '100', COMPRESSING]).ended(100_000);
    expect({ code, output }).toEqual({ code: 0, output: '100\n' });
    const files = await sequences(folder());
    expect(Object.keys(files).filter((name) => !name.endsWith('.gz'))).toEqual(['ride.jsonl']);
    expect(Object.values(files).flat()).toEqual(Array.from({ length: 100 }, (_, sequence) => sequence));
  });

  it('loses nothing where it is killed in the middle of it, and the next one makes it good', async () => {
    const away = 'ride-2026-11-23T090000Z.jsonl';
    const large = Array.from({ length: 200_000 }, (_, sequence) => serializeSample(sampleOf(sequence))).join(
      '',
    );
    await writeFile(join(folder(), away), large);

    const { process: child } = runProgram(program, [ride(), '0', COMPRESSING]);
    const ended = once(child, 'exit');
    const temporary = await soon(async () => {
      const [name] = (await readdir(folder())).filter((name) => name.endsWith('.tmp'));
      expect((await stat(join(folder(), `${name}`))).size).toBeGreaterThan(0);
      return name as string;
    });
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect((await readdir(folder())).sort()).toEqual([away, temporary]);
    expect((await readFile(join(folder(), away), 'utf8')) === large).toBe(true);

    const { close } = openSink({ path: ride(), rotate: { bytes: 1 }, gzip: true });
    await untilNames(folder(), [`${away}.gz`]);
    await close();
    expect((await textOf(join(folder(), `${away}.gz`))) === large).toBe(true);
  });
});

it('says of a sample that it was delivered where its line is in the file, though the disk took only a part', async () => {
  const [count] = await execute('sh', [
    ...['-c', 'ulimit -f 8 && exec "$@"', 'sh'],
    ...[process.execPath, program, ride(), '100'],
  ]);
  const lines = (await readFile(ride(), 'utf8')).match(/.*\n/g) ?? [];
  expect(Number(count)).toBe(lines.length);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThan(100);
});

it('writes a sample once where a disk that hangs has it sent again', async () => {
  // A pipe without a reader hangs whoever opens it.
  await execute('mkfifo', [ride()]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const { write, close, settled } = openSink({ path: ride() });
    const written = write(sampleOf(0));
    await vi.advanceTimersByTimeAsync(31_000);
    const pipe = await open(ride(), 'r+');
    await written;
    await write(sampleOf(1));
    const { buffer, bytesRead } = await pipe.read(Buffer.alloc(2 ** 16));
    await pipe.close();
    expect(buffer.toString('utf8', 0, bytesRead)).toBe(
      [0, 1].map((at) => serializeSample(sampleOf(at))).join(''),
    );
    expect(settled.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    await close();
  } finally {
    vi.useRealTimers();
  }
});
