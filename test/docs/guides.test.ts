import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/prepare.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const site = JSON.parse(read('typedoc.json')) as {
  readonly projectDocuments: readonly string[];
  readonly categoryOrder: readonly string[];
};

/** The paths that a pattern such as `docs/{a,b}.md` stands for. */
function expand(pattern: string): string[] {
  const [, before = '', names, after = ''] = /^(.*)\{(.+)\}(.*)$/.exec(pattern) ?? [];
  return names === undefined ? [pattern] : names.split(',').map((name) => `${before}${name}${after}`);
}

const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

it.each(guides)('docs/%s has its title, and its place in the site', (name) => {
  const [, title, category] = /^---\ntitle: (.+)\ncategory: (.+)\n---\n/.exec(read(`docs/${name}`)) ?? [];
  expect(title).toMatch(/\S/);
  expect(site.categoryOrder).toContain(category);
  expect(site.projectDocuments.flatMap(expand)).toContain(`docs/${name}`);
});
