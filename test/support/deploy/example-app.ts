import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../command.js';
import { root } from '../package/user-project.js';

/** The example in a folder of its own, with the constructs as they are published. */
export async function exampleApp(): Promise<{ folder: string; constructs: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'liveheartrate-deploy-'));
  const modules = join(folder, 'node_modules');
  await cp(join(root, 'examples', '13-cdk-app'), folder, { recursive: true });
  await mkdir(modules);
  const answer = await command(['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: join(root, 'constructs'),
  });
  const [packed] = JSON.parse(answer) as { filename: string }[];
  if (!packed) throw new Error(`npm pack has packed nothing: ${answer}`);
  await command(['tar', '-xzf', packed.filename], { cwd: folder });
  const constructs = join(modules, 'liveheartrate-constructs');
  await cp(join(folder, 'package'), constructs, { recursive: true });
  // As npm would install them, in a moment.
  for (const peer of ['aws-cdk-lib', 'constructs'])
    await symlink(join(root, 'node_modules', peer), join(modules, peer), 'junction');
  return { folder, constructs };
}
