import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { library } from '../../tsup.config.ts';
import typedoc from '../../typedoc.json' with { type: 'json' };
import { root } from '../support/package/user-project.ts';

const { files, tarball } = inject('packed');
const paths = files.map(({ path }) => path);
const exported = Object.entries(packageJson.exports).filter(([, target]) => typeof target !== 'string');
const subpaths = exported.map(([subpath]) => subpath.replace(/^\.\/?/, ''));

describe('the tarball', () => {
  it('holds what users need and nothing else', () => {
    const others = paths.filter(
      (path) => !/^dist\/([\w.-]+\.(js|cjs|d\.ts|d\.cts)|dashboard\/[\w.-]+\.(html|js|css|svg))$/.test(path),
    );
    expect(others.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(paths.filter((path) => path.startsWith('dist/cli.'))).toEqual(['dist/cli.js']);
  });

  it.each(exported)('holds every file that the export %s names', (_, target) => {
    const targets = Object.values(target).flatMap(
      (condition: object) => Object.values(condition) as string[],
    );
    expect(targets).toHaveLength(4);
    for (const file of targets) expect(paths).toContain(file.replace('./', ''));
  });

  it('tells nothing of where it was built', () => {
    for (const path of paths.filter((path) => path.startsWith('dist/'))) {
      const text = readFileSync(join(root, path), 'utf8');
      expect(text, path).not.toContain(root);
      expect(text, path).not.toContain('sourceMappingURL');
    }
  });

  it('is of at most 640 KiB, and of 2.5 MiB when it is installed', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(640 * 1024);
    const sizes = paths.map((path) => statSync(join(root, path)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2.5 * 1024 * 1024);
  });

  it('holds the command, ready to run', () => {
    const { liveheartrate: bin } = packageJson.bin;
    const mode = files.find(({ path }) => `./${path}` === bin)?.mode ?? 0;
    expect(mode & 0o111).toBe(0o111);
    expect(readFileSync(join(root, bin), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe('the subpaths', () => {
  it('are what is built', () => {
    const built = Object.keys(library).map((name) => name.replace('index', ''));
    expect(built.sort()).toEqual([...subpaths].sort());
    for (const path of Object.values(library)) expect(existsSync(join(root, path))).toBe(true);
  });

  it('are the folders of src but for the core and the command', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const inside = ['cli', 'profile', 'sample', 'sensor', 'sink'];
    expect(folders.map(({ name }) => name).sort()).toEqual([...subpaths.filter(Boolean), ...inside].sort());
  });

  it('are what is documented', () => {
    const sources = subpaths.map((subpath) => join('src', subpath, 'index.ts'));
    // The constructs are a package of their own.
    expect([...typedoc.entryPoints].sort()).toEqual([...sources, 'constructs/src/index.ts'].sort());
  });
});
