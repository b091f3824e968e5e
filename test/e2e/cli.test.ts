import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe as always, beforeAll, beforeEach, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { encodeHeartRateMeasurement } from '../../src/profile/index.js';
import { parseSamples } from '../../src/sample/index.js';
import { runProgram } from '../support/program.js';
import { needs } from '../support/skip.js';
import { startVirtualStrap, type VirtualStrap } from '../support/strap/virtual-strap.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SOCKET = fileURLToPath(new URL('../support/strap/hci-tcp.cjs', import.meta.url));
const DEADLINE = 120_000;
const { describe } = needs('strap');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const start = (words: readonly string[], env?: NodeJS.ProcessEnv) => runProgram(CLI, words, folder, env);
async function run(words: readonly string[], env?: NodeJS.ProcessEnv) {
  const program = start(words, env);
  const { code, output } = await program.ended(DEADLINE);
  return { code, output, stdout: program.stdout() };
}
/** What every line of the standard output says. */
const json = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

always('the command with simulated straps', () => {
  it('tells its version and how it is used', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${packageJson.version}\n` });
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['scan', 'inspect', 'stream', 'replay', 'doctor']) expect(stdout).toContain(name);
  });

  it('shows the help where nothing is asked, and what may be meant where that does not exist', async () => {
    expect(await run([])).toMatchObject({
      code: 2,
      stdout: '',
      output: expect.stringContaining('Commands:'),
    });
    expect(await run(['strem'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('Did you mean stream?'),
    });
    expect(await run(['stream', '--recrod', 'a'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('Did you mean --record?'),
    });
  });

  it('has colours where they are asked for, and none in what is written to a file', async () => {
    const words = ['stream', '--simulated', '1', '--count', '1'];
    expect((await run(words, { FORCE_COLOR: '1', NO_COLOR: '' })).output).toContain('\x1b[32mlive\x1b[39m: ');
    expect((await run(words, { FORCE_COLOR: undefined })).output).not.toContain('\x1b');
  });

  it.each([
    [['fly']],
    [['scan', '--seconds', '0']],
    [['stream', '--name', '/(/']],
    [['stream', '--count', '1.5']],
    [['replay']],
    [['stream', '--id', '']],
    [['stream', '--all', '--id', 'a']],
    [['inspect', '']],
    [['replay', 'ride.jsonl', '--speed', 'fast']],
  ])('ends with 2 where it is asked wrongly: %j', async (words) => {
    expect(await run(words)).toMatchObject({
      code: 2,
      stdout: '',
      output: expect.stringMatching(/^error: /),
    });
  });

  it('shows every sample, and writes it into a recording that it plays again', async () => {
    const stream = await run([
      'stream',
      '--simulated',
      '2',
      '--all',
      '--count',
      '4',
      '--json',
      '--record',
      'ride.jsonl',
    ]);
    expect(stream.code).toBe(0);
    const { samples, rejected } = parseSamples(stream.stdout);
    expect([samples.length, rejected]).toEqual([4, []]);
    expect(new Set(samples.map(({ sensor }) => sensor?.name))).toEqual(
      new Set(['Simulated 1', 'Simulated 2']),
    );
    const recorded = parseSamples(await readFile(join(folder, 'ride.jsonl')));
    expect(recorded.samples).toEqual(samples);

    const replayed = await run(['replay', 'ride.jsonl', '--speed', 'max', '--json']);
    expect(replayed).toMatchObject({ code: 0, stdout: stream.stdout });
    const shown = await run(['replay', 'ride.jsonl', '--speed', 'max']);
    expect(shown.stdout.match(/♥ \d+ bpm/g)).toHaveLength(4);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends well at a %s, with all it has shown recorded',
    async (signal) => {
      const program = start(['stream', '--simulated', '1', '--record', `${signal}.jsonl`]);
      await program.says(/bpm/, DEADLINE);
      program.process.kill(signal);
      const { code, output } = await program.ended(DEADLINE);
      expect(code).toBe(0);
      const recorded = parseSamples(await readFile(join(folder, `${signal}.jsonl`)));
      expect(recorded.samples).toHaveLength(output.match(/bpm/g)?.length ?? 0);
      expect((await stat(join(folder, `${signal}.jsonl`))).mode & 0o077).toBe(0);
    },
  );

  it('ends well when nobody reads it any more', async () => {
    const program = start(['stream', '--simulated', '20', '--all', '--json']);
    await program.says(/heart_rate/, DEADLINE);
    program.process.stdout?.destroy();
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('tells of a %s that comes before there is anything to show', async (signal, code) => {
    for (const command of ['stream', 'inspect']) {
      const program = start([command, '--simulated', '1', '--name', 'nobody', '--json']);
      // Only one of them tells that it has begun; the other has begun by then, however busy the machine is.
      if (command === 'stream') await program.says(/scanning/, DEADLINE);
      else await new Promise((resolve) => setTimeout(resolve, 4_000));
      program.process.kill(signal);
      expect(await program.ended(DEADLINE), command).toMatchObject({ code });
      expect(program.stdout()).toBe('');
    }
  });

  it.skipIf(process.platform !== 'linux')('fails where its output is lost', async () => {
    for (const words of [
      ['stream', '--simulated', '1', '--count', '1', '--json'],
      ['scan', '--simulated', '1', '--seconds', '0.5'],
    ]) {
      const full = await open('/dev/full', 'w');
      const child = spawn(process.execPath, [CLI, ...words], {
        stdio: ['ignore', full.fd, 'pipe'],
        cwd: folder,
      });
      let said = '';
      child.stderr?.on('data', (text) => {
        said += text;
      });
      const [code] = await once(child, 'close');
      await full.close();
      expect([code, said]).toEqual([1, expect.stringContaining('cannot be written')]);
    }
  });

  it('records to the end also where nobody reads what goes along', async () => {
    const program = start([
      'stream',
      '--simulated',
      '1',
      '--json',
      '--count',
      '2',
      '--record',
      'alone.jsonl',
    ]);
    program.process.stderr?.destroy();
    expect((await program.ended(DEADLINE)).code).toBe(0);
    expect(parseSamples(await readFile(join(folder, 'alone.jsonl'))).samples).toHaveLength(2);
  });

  it('ends well also where nobody has read a line', async () => {
    const program = start(['stream', '--simulated', '1']);
    program.process.stdout?.destroy();
    expect((await program.ended(DEADLINE)).code).toBe(0);
  });

  it('fails where nothing comes, where a file is missing, and where it holds no sample', async () => {
    const nobody = await run([
      'stream',
      '--simulated',
      '1',
      '--name',
      'nobody',
      '--timeout',
      '0.5',
      '--json',
    ]);
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(nobody.output.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      error: { code: 'SENSOR_NOT_FOUND', message: expect.stringContaining('broadcast mode') },
    });
    const early = await run(['stream', '--simulated', '1', '--seconds', '0.1']);
    expect(early).toMatchObject({
      code: 1,
      output: expect.stringContaining('SENSOR_NOT_FOUND: No heart rate'),
    });
    const missing = await run(['replay', 'missing.jsonl']);
    expect(missing).toMatchObject({ code: 1, output: expect.stringMatching(/^RECORDING_FAILED: .*ENOENT/) });
    await writeFile(join(folder, 'empty.jsonl'), 'no sample\n');
    const empty = await run(['replay', 'empty.jsonl']);
    expect(empty).toMatchObject({ code: 1, stdout: '', output: expect.stringContaining('MALFORMED_SAMPLE') });
  });
});

describe('the command with noble and virtual straps', () => {
  let strap: VirtualStrap;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    strap = await startVirtualStrap({ sensors: 2, withoutHeartRate: [2] });
    env = { HCI_TCP_PORT: String(strap.port), NODE_OPTIONS: `--require ${SOCKET}` };
  });
  afterAll(() => strap?.stop());

  /** Makes the first strap send its heart rate for the time of a test. */
  let beating: ReturnType<typeof setInterval> | undefined;
  beforeEach(() => {
    beating = setInterval(() => strap.notify(packet, 1), 100);
    return () => clearInterval(beating);
  });

  it('scans: straps alone, or every device', async () => {
    const straps = await run(['scan', '--seconds', '2', '--json'], env);
    expect(straps.code).toBe(0);
    expect(json(straps.stdout)).toEqual([
      expect.objectContaining({ name: 'Virtual HRM 1', rssi: -50, services: ['180d'], connectable: true }),
    ]);
    const all = await run(['scan', '--seconds', '2', '--all'], env);
    expect(all).toMatchObject({ code: 0 });
    expect(all.stdout.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^ *-50 dBm {2}Virtual HRM 1 /),
      expect.stringMatching(/^ *-60 dBm {2}Virtual HRM 2 /),
    ]);
  });

  it('inspects the strongest strap, one by name, and one by id', async () => {
    const strongest = await run(['inspect'], env);
    expect(strongest.code).toBe(0);
    expect(strongest.stdout).toMatch(/^180d {2}Heart Rate\n {2}2a37 {2}Heart Rate Measurement +notify$/m);
    expect(strongest.stdout).toMatch(/^180a {2}Device Information$/m);
    const other = await run(['inspect', '--name', 'hrm 2', '--json'], env);
    const [{ id, name, services }] = json(other.stdout);
    expect(name).toBe('Virtual HRM 2');
    const names = (services as { name: string }[]).map((service) => service.name);
    expect(names).toContain('Battery');
    expect(names).not.toContain('Heart Rate');
    expect(json((await run(['inspect', id, '--json'], env)).stdout)[0]).toMatchObject({ id, services });
    const nobody = await run(['inspect', 'nobody', '--timeout', '0.5'], env);
    expect(nobody).toMatchObject({ code: 1, output: expect.stringMatching(/^SENSOR_NOT_FOUND: /) });
  });

  it('streams, through a lost link too, and says so', async () => {
    const program = start(['stream', '--name', '/HRM 1$/', '--count', '12', '--json'], env);
    await program.says(/"sequence":4}/, DEADLINE);
    strap.linkLoss(1);
    const { code, output } = await program.ended(DEADLINE);
    expect(code).toBe(0);
    expect(output).toContain('reconnecting (attempt 1)');
    expect(parseSamples(program.stdout()).samples.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 12 }, (_, at) => at),
    );
    await strap.on('disconnected', 1);
  });

  it('refuses what measures no heart rate', async () => {
    const scale = await run(['stream', '--name', 'HRM 2'], env);
    expect(scale).toMatchObject({ code: 1, output: expect.stringContaining('NOT_A_HEART_RATE_SENSOR') });
  });

  it('finds all well where it is, and what is wrong where it is not', async () => {
    const well = await run(['doctor', '--seconds', '2'], env);
    const radio = /^✔ (Node\.js|platform|noble|permission|adapter|straps)/gm;
    expect(well.output.match(radio)).toHaveLength(process.platform === 'linux' ? 6 : 5);
    expect(well).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^✔ straps +Virtual HRM 1 \(-50 dBm\)$/m),
    });

    strap.stopAdvertising(1);
    const alone = await run(['doctor', '--seconds', '2', '--json'], env);
    strap.startAdvertising(1);
    expect(alone.code).toBe(1);
    const [{ ok, checks }] = json(alone.stdout);
    expect(ok).toBe(false);
    expect(checks.find(({ name }: { name: string }) => name === 'straps')).toMatchObject({
      state: 'failed',
      remedy: expect.stringContaining('broadcast mode'),
    });

    // Nothing listens on this port.
    const dead = await run(['doctor', '--seconds', '2'], { ...env, HCI_TCP_PORT: '9' });
    expect(dead.code).toBe(1);
    expect(dead.output).toMatch(/^✘ adapter +BLUETOOTH_OFF\n {2}→ .*Switch it on/m);
    expect(dead.output).toMatch(/^– straps/m);
  });
});

const packet = Buffer.from(encodeHeartRateMeasurement({ heartRate: 72, rrIntervals: [812.5] })).toString(
  'hex',
);
