// Writes sbom/liveheartrate.cdx.json: what comes with the package when it is installed, as CycloneDX. It is made of the
// lock file alone, so that what it says does not depend on this machine. (The constructs bring nothing with them.)
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { root, say } from './prepare.mjs';

const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=library', '--package-lock-only'];
const { status, stdout, stderr } = spawnSync('npm', [...words, '--workspaces=false'], {
  cwd: root,
  encoding: 'utf8',
});
if (status !== 0) throw new Error(`npm could not list what the package brings:\n${stderr}`);
/**
 * What of it is read or changed here.
 * @type {{
 *   metadata: { component: { name: string, 'bom-ref': string } },
 *   components: { 'bom-ref': string }[],
 *   dependencies: { ref: string, dependsOn?: string[] }[],
 * }}
 */
const bill = JSON.parse(stdout);
// npm calls it by the name of its folder.
bill.metadata.component.name = packageJson.name;
// Its own `--omit=dev` also leaves out what our tools use as well.
const { dependencies, optionalDependencies } = packageJson;
const uses = new Map(bill.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
/** @type {Set<string>} */
const brought = new Set();
/** @param {string} ref */
function bring(ref) {
  if (brought.has(ref)) return;
  brought.add(ref);
  for (const next of uses.get(ref) ?? []) bring(next);
}
const own = bill.metadata.component['bom-ref'];
const direct = (uses.get(own) ?? []).filter((ref) => {
  const name = ref.replace(/(?<=.)@.*/, '');
  return name in dependencies || name in optionalDependencies;
});
for (const ref of direct) bring(ref);
bill.components = bill.components.filter((component) => brought.has(component['bom-ref']));
bill.dependencies = [
  { ref: own, dependsOn: direct },
  ...[...brought].map((ref) => ({ ref, dependsOn: uses.get(ref) ?? [] })),
];
const folder = process.argv[2] ?? join(root, 'sbom');
mkdirSync(folder, { recursive: true });
const path = join(folder, `${packageJson.name}.cdx.json`);
writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
say(`${path}: ${bill.components.length} packages`);
