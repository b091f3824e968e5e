import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { command } from '../support/command.ts';
import { type PlainComputer, plainComputer } from '../support/package/plain-computer.ts';
import { installUser } from '../support/package/user-project.ts';

const { tarball } = inject('packed');
const advice = 'npm install --ignore-scripts @stoprocent/noble';

describe('a computer without a compiler, where noble would have to be built', () => {
  let computer: PlainComputer;
  const run = (...words: [string, ...string[]]) =>
    command(words, { cwd: computer.folder, env: computer.env });
  beforeAll(async () => {
    computer = await plainComputer();
    // No ready-made binary is taken, as on a platform that has none.
    const building = ['--build-from-source', '--dangerously-allow-all-scripts'];
    await installUser(computer.folder, tarball, ['rxjs'], building, { env: computer.env, scripts: true });
  }, 600_000);
  afterAll(() => computer?.remove());

  it('installs the package all the same, without noble', async () => {
    for (const compiler of ['cc', 'g++', 'make', 'python3'])
      await expect(run('sh', '-c', `command -v ${compiler}`)).rejects.toThrow('ended with');
    const modules = join(computer.folder, 'node_modules');
    expect(existsSync(join(modules, 'liveheartrate'))).toBe(true);
    expect(existsSync(join(modules, '@stoprocent', 'noble'))).toBe(false);
  });

  it('streams from a simulated strap', async () => {
    const words = ['stream', '--simulated', '1', '--count', '1', '--json'] as const;
    const sample = JSON.parse(await run('npx', '--no', 'liveheartrate', ...words)) as unknown;
    expect(sample).toMatchObject({ sequence: 0 });
  });

  it('is told what to do by the command', async () => {
    const said = new RegExp(`ended with 1 .*BLUETOOTH_UNAVAILABLE: .*${advice}`, 's');
    await expect(run('npx', '--no', 'liveheartrate', 'stream')).rejects.toThrow(said);
  });

  it('is told what to do in a program', async () => {
    const program = `
      import { heartRate } from 'liveheartrate';
      import { nobleCentral } from 'liveheartrate/noble';
      heartRate(nobleCentral()).subscribe({ error: ({ code, message }) => console.log(code, message) });`;
    await writeFile(join(computer.folder, 'program.mjs'), program);
    expect(await run('node', 'program.mjs')).toMatch(new RegExp(`^BLUETOOTH_UNAVAILABLE .*${advice}`));
  });

  it('is told what to do by the doctor', async () => {
    const doctor = run('npx', '--no', 'liveheartrate', 'doctor');
    await expect(doctor).rejects.toThrow(new RegExp(`✘ noble .*→ ${advice}`, 's'));
  });

  it('has noble once it has done so, from its ready-made binary', async () => {
    const [npm = '', ...words] = advice.split(' ');
    await run(npm, ...words, '--prefer-offline');
    const said = await run('npx', '--no', 'liveheartrate', 'doctor', '--seconds', '1').catch(String);
    expect(said).toMatch(/✔ noble +@stoprocent\/noble \d/);
  });
});
