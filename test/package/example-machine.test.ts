import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import {
  commandOf,
  copyExample,
  examples,
  type RunningExample,
  runCommand,
} from '../support/package/example.ts';

const full = inject('full');
const NAME = '12-one-machine';
const DEADLINE = 200_000;
/** The first heart rates of a simulated strap. */
const RESTING = /^6\d$/;
const hasSystemd = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'systemd-analyze')));

describe('on one machine', () => {
  const running: RunningExample[] = [];
  afterEach(() => {
    for (const each of running.splice(0)) each.kill();
  });

  /** Starts the pipeline, and answers where its page is. */
  async function start(command: string, cwd: string): Promise<{ url: string; program: RunningExample }> {
    const program = runCommand(command, cwd);
    running.push(program);
    await program.says(/^Open http\S+$/m, DEADLINE);
    return { url: /^Open (http\S+)$/m.exec(program.stdout())?.[1] ?? '', program };
  }

  it('the page has the heart rate of a simulated strap', async () => {
    const { url, program } = await start(await commandOf(NAME), await copyExample(NAME, full));
    const page = await fetch(url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<title>');
    expect(String((await firstSample(url)).heart_rate)).toMatch(RESTING);
    program.interrupt();
    // npx itself ends by the signal; the program says what it has archived.
    expect((await program.ended(DEADLINE)).output).toMatch(/^ +samples +[1-9]/m);
  });

  /** The unit, as for a machine where the package is installed here and everything is kept in this folder. */
  async function unitIn(folder: string): Promise<string> {
    const unit = await readFile(join(examples, NAME, 'liveheartrate.service'), 'utf8');
    return unit
      .replaceAll('/opt/liveheartrate', full)
      .replaceAll('/var/lib/liveheartrate', folder)
      .replace('--ble', '--simulate')
      .replace(/--port \d+/, '--port 0');
  }

  it('the service runs as its unit says, and has what was before it was started again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-service-'));
    try {
      const command = /^ExecStart=(.*)$/m.exec(await unitIn(folder))?.[1] ?? '';
      expect(command).toMatch(/liveheartrate demo --simulate --port 0 --archive/);

      const first = await start(command, folder);
      const { session_id } = await firstSample(first.url);
      // As systemd stops it.
      first.program.process.kill('SIGTERM');
      expect((await first.program.ended(DEADLINE)).code).toBe(0);

      const again = await start(command, folder);
      const history = (await (await fetch(new URL('/history?minutes=60', again.url))).json()) as {
        sessions: { session_id: string }[];
      };
      expect(history.sessions.map((session) => session.session_id)).toContain(session_id);
      again.program.process.kill('SIGTERM');
      await again.program.ended(DEADLINE);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.skipIf(!hasSystemd)('systemd finds nothing wrong in the unit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-unit-'));
    try {
      const unit = join(folder, 'liveheartrate.service');
      await writeFile(unit, await unitIn(folder));
      const { code, output } = await runCommand(`systemd-analyze verify ${unit}`, folder).ended(DEADLINE);
      expect({ code, output }).toEqual({ code: 0, output: '' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

interface Sample {
  readonly heart_rate: number;
  readonly session_id: string;
}

/** The next sample of the open feed. */
async function firstSample(url: string): Promise<Sample> {
  const feed = await fetch(new URL('/live', url), { signal: AbortSignal.timeout(DEADLINE) });
  if (!feed.body) throw new Error('The feed is empty.');
  let text = '';
  for await (const chunk of feed.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const data = /^event: sample\ndata: (.*)$/m.exec(text)?.[1];
    if (data) return JSON.parse(data) as Sample;
  }
  throw new Error('The feed has ended.');
}
