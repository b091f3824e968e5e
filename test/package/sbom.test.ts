import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { command } from '../support/command.ts';
import { root } from '../support/package/user-project.ts';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: string;
  readonly licenses?: readonly { readonly license: { readonly id: string } }[];
}

describe('the bill of materials', () => {
  let folder: string;
  let text: string;
  let bill: {
    bomFormat: string;
    specVersion: string;
    metadata: { component: Component };
    components: Component[];
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liveheartrate-sbom-'));
    await command([process.execPath, join(root, 'scripts', 'sbom.mjs'), folder], { cwd: root });
    text = await readFile(join(folder, 'liveheartrate.cdx.json'), 'utf8');
    bill = JSON.parse(text);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is CycloneDX, of this version', () => {
    const { name, version } = packageJson;
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(bill.metadata.component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
  });

  it('has every dependency, and no tool of ours', () => {
    const names = bill.components.map(({ name }) => name);
    const { dependencies, optionalDependencies, devDependencies } = packageJson;
    expect(names).toEqual(expect.arrayContaining(Object.keys({ ...dependencies, ...optionalDependencies })));
    expect(names.filter((name) => name in devDependencies && !(name in dependencies))).toEqual([]);
  });

  it('names each with its version, address and licence', () => {
    for (const { name, version, purl, licenses, scope } of bill.components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect(['required', 'optional']).toContain(scope);
      // It is in the public domain, for which there is no identifier.
      if (name !== 'jsonify')
        expect(licenses?.[0]?.license.id, name).toMatch(/^(MIT|ISC|0BSD|BSD-|Apache-|BlueOak-)/);
    }
  });

  it('tells no registry', () => {
    expect(text).not.toMatch(/registry|\.tgz/);
  });
});
