// Builds the page of the dashboard into dist/dashboard/: what `liveheartrate demo` serves.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src', 'dashboard', 'page');

/** Builds it. */
export async function buildPage() {
  const target = join(root, 'dist', 'dashboard');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  // Its licence wants to be with every copy; it has no comment that bundlers keep.
  const license = await readFile(join(root, 'node_modules', 'uplot', 'LICENSE'), 'utf8');
  const notice = `/*! This contains uPlot.\n\n${license.trim()}\n*/`;
  const bundle = (/** @type {string[]} */ names, banner = {}) =>
    build({
      entryPoints: names.map((name) => join(source, name)),
      outdir: target,
      bundle: true,
      splitting: true,
      chunkNames: '[name]-[hash]',
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      banner,
      logLevel: 'warning',
    });
  await Promise.all([
    bundle(['dashboard.ts', 'dashboard.css'], { js: notice, css: notice }),
    bundle(['overlay.ts', 'overlay.css', 'history-worker.ts']),
    ...['index.html', 'overlay.html', 'heart.svg'].map((name) =>
      copyFile(join(source, name), join(target, name)),
    ),
  ]);
}
