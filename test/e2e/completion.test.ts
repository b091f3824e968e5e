import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const script = (shell: string) => command([process.execPath, CLI, 'completion', shell], { cwd: folder });
const isHere = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const titled = (title: string, shell: string) =>
  isHere(shell) ? title : `${title} (skipped: ${shell} is not on this machine)`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completion-'));
  await writeFile(join(folder, 'my ride.jsonl'), '');
  await writeFile(join(folder, 'rest.jsonl'), '');
  await mkdir(join(folder, 'rides'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What Bash offers for the last word; the others stand before it. Nothing of its own environment takes part. */
async function bash(...words: string[]): Promise<string[]> {
  const ask = `
    set -u
    source ./liveheartrate.bash && source ./liveheartrate.bash
    COMP_WORDS=(liveheartrate "$@") COMP_CWORD=$#
    _liveheartrate
    printf '%s\\n' "\${COMPREPLY[@]+"\${COMPREPLY[@]}"}"`;
  await writeFile(join(folder, 'liveheartrate.bash'), await script('bash'));
  const answer = await command(['bash', '--noprofile', '--norc', '-c', ask, 'bash', ...words], {
    cwd: folder,
  });
  return answer.split('\n').filter((line) => line !== '');
}

/** What fish offers for the end of a line. */
async function fish(line: string): Promise<string[]> {
  await writeFile(join(folder, 'liveheartrate.fish'), await script('fish'));
  const ask = `source ./liveheartrate.fish; complete --do-complete '${line}'`;
  const answer = await command(['fish', '--no-config', '-c', ask], { cwd: folder });
  return answer.split('\n').map((each) => each.split('\t')[0] ?? '');
}

describe.skipIf(!isHere('bash'))(titled('in Bash', 'bash'), () => {
  it('completes commands', async () => {
    expect(await bash('')).toEqual(
      expect.arrayContaining(['scan', 'stream', 'replay', 'completion', 'help']),
    );
    expect(await bash('st')).toEqual(['stream']);
    expect(await bash('help', 'insp')).toEqual(['inspect']);
  });

  it('completes flags', async () => {
    expect(await bash('stream', '--ki')).toEqual(['--kinesis']);
    expect(await bash('stream', '--json', '--s')).toEqual(
      expect.arrayContaining(['--simulated', '--silence', '--seconds', '--spool']),
    );
    expect(await bash('scan', '--ki')).toEqual([]);
  });

  it('completes values where there are few, and nothing where they are free', async () => {
    expect(await bash('completion', '')).toEqual(['bash', 'zsh', 'fish', '--help']);
    expect(await bash('stream', '--name', '')).toEqual([]);
  });

  it('completes paths, those with spaces too, and folders alone where a folder is meant', async () => {
    expect(await bash('replay', 'my')).toEqual(['my ride.jsonl']);
    expect(await bash('stream', '--record', 're')).toEqual(['rest.jsonl']);
    // As Bash takes --spool=r apart.
    expect(await bash('stream', '--spool', '=', 'r')).toEqual(['rides']);
  });

  it('runs nothing of what is being typed', async () => {
    await bash('stream', '--name', '$(touch ran)', '`touch ran`', '--j');
    expect(await bash('replay', 'ra')).toEqual([]);
  });
});

describe.skipIf(!isHere('fish'))(titled('in fish', 'fish'), () => {
  it('completes commands, flags and paths', async () => {
    expect(await fish('liveheartrate str')).toContain('stream');
    expect(await fish('liveheartrate stream --ki')).toContain('--kinesis');
    expect(await fish('liveheartrate replay re')).toContain('rest.jsonl');
    expect(await fish('liveheartrate completion z')).toContain('zsh');
  });
});

describe.skipIf(!isHere('zsh'))(titled('in zsh', 'zsh'), () => {
  it('is read, and knows the commands', async () => {
    await writeFile(join(folder, '_liveheartrate'), await script('zsh'));
    const ask = `
      # What would be shown, in place of showing it.
      compdef() { print -- "compdef $*" }
      _describe() { print -l -- "\${(@P)2}" }
      _arguments() { print -l -- "$@" }
      source ./_liveheartrate
      words=(liveheartrate '') CURRENT=2; _liveheartrate
      words=(liveheartrate stream --ki) CURRENT=3; _liveheartrate`;
    const answer = await command(['zsh', '-f', '-c', ask], { cwd: folder });
    expect(answer).toMatch(/^stream:show the heart rate as it comes/m);
    expect(answer).toMatch(/^--kinesis\[deliver to a Kinesis data stream.*\]:value: $/m);
    expect(answer).toMatch(/^--spool\[.*\]:folder:_files -\/$/m);
    expect(answer).toMatch(/^compdef _liveheartrate liveheartrate$/m);
  });
});

it('refuses a shell that it does not know', async () => {
  await expect(script('csh')).rejects.toThrow(/ended with 2.*Allowed choices are bash, zsh, fish/s);
});
