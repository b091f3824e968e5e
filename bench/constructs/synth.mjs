// How long a CDK app takes as a process of its own, from its start until its template is there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param {string} app path of the app
 * @param {readonly string[]} words what it is told beside the folder for its template
 * @returns {{ seconds: number, resources: { Type: string }[] }}
 */
export function synth(app, words = []) {
  const outdir = mkdtempSync(join(tmpdir(), 'liveheartrate-synth-'));
  try {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [app, outdir, ...words], {
      // Validation looks into every template anew, whoever has written it.
      env: { ...process.env, CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' },
      encoding: 'utf8',
      timeout: 120_000,
    });
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0) throw new Error(`${app} has ended with code ${status}: ${stderr}`);
    const template = readdirSync(outdir).find((name) => name.endsWith('.template.json')) ?? '';
    const { Resources } = JSON.parse(readFileSync(join(outdir, template), 'utf8'));
    return { seconds, resources: Object.values(Resources) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
