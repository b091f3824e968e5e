import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import constructsJson from '../../constructs/package.json' with { type: 'json' };
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../support/package/user-project.ts';

const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), 'utf8')] as const,
);

describe.each(workflows)('the workflow %s', (_, text) => {
  it('pins every action to a commit, and says which version that is', () => {
    const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(actions).not.toEqual([]);
    for (const action of actions) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('starts with no more than reading, and keeps no credentials', () => {
    expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)\n(?! )/m);
    expect(text.match(/actions\/checkout@/g)).toHaveLength(
      text.match(/persist-credentials: false/g)?.length ?? 0,
    );
    expect(text).not.toMatch(/pull_request_target|secrets\./);
  });

  it('runs scripts that there are', () => {
    for (const [, script = ''] of text.matchAll(/npm run ([\w-]+)/g))
      expect(Object.keys(packageJson.scripts)).toContain(script);
  });
});

describe.each([packageJson, constructsJson])('$name', ({ publishConfig, repository, bugs, homepage }) => {
  it('can be published with provenance', () => {
    expect(publishConfig).toEqual({ access: 'public', provenance: true });
    expect(repository.url).toBe('git+https://github.com/liveheartrate/liveheartrate.git');
    expect([bugs, homepage].every((url) => url.startsWith('https://github.com/liveheartrate/'))).toBe(true);
  });
});
