import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { siteFaults } from '../../scripts/links/site.mjs';
import { sourceFaults } from '../../scripts/links/sources.mjs';
import { root } from '../../scripts/prepare.mjs';

/** A folder with these files, gone after the test. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'liveheartrate-links-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

it('finds no broken link in the Markdown files', () => {
  const { count, faults } = sourceFaults(root);
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThan(20);
});

it('finds each kind of broken link in Markdown', () => {
  const own = 'https://github.com/liveheartrate/liveheartrate/blob/main';
  const folder = folderWith({
    'README.md': [
      '# One & only',
      '# Twice',
      '# Twice',
      '[good](docs/a.md#top-of-it), [good](#one--only) [good](#twice-1), [good](https://github.com/x/y)',
      `[good](${own}/docs/a.md)`,
      '`[code](none.md)`',
      '```md\n[code](none.md)\n```',
      '[gone](docs/b.md) ![gone](docs/a.png "A picture")',
      '[no heading](docs/a.md#twice)',
      '[no heading](#thrice)',
      '[insecure](http://github.com/x/y)',
      '[elsewhere](https://example.com/)',
      '[secret](https://github.com/x?token=1)',
      '[outside](../x.md)',
      `[gone](${own}/gone.md)`,
    ].join('\n'),
    'docs/a.md': '# Top of `it`\n[good](../README.md) [gone](README.md)\n',
  });
  expect(sourceFaults(folder).faults).toEqual([
    'README.md:10: docs/b.md leads to a file that is not there',
    'README.md:10: docs/a.png leads to a file that is not there',
    'README.md:11: docs/a.md#twice leads to a heading that is not in docs/a.md',
    'README.md:12: #thrice leads to a heading that is not in README.md',
    'README.md:13: http://github.com/x/y does not begin with https:',
    'README.md:14: https://example.com/ leads to a host that is not in scripts/links/external.mjs',
    'README.md:15: https://github.com/x?token=1 holds a credential',
    'README.md:16: ../x.md leads out of the repository',
    `README.md:17: ${own}/gone.md leads to a file that is not there`,
    'docs/a.md:2: README.md leads to a file that is not there',
  ]);
});

it('finds each kind of broken link in the site', () => {
  const data = (value: unknown) => `window.x = "${deflateSync(JSON.stringify(value)).toString('base64')}"`;
  const folder = folderWith({
    'index.html':
      '<a href="a/b.html#here">good</a><a href="a/b.html#gone">bad</a><img src="gone.svg"><a href="#top">bad</a>',
    'a/b.html':
      '<h1 id="here">x</h1><a href="../index.html">good</a><a href="b2.html">bad</a><script src="../assets/search.js"></script>',
    'assets/navigation.js': data([{ children: [{ path: 'a/b.html' }, { path: 'gone.html' }] }]),
    'assets/search.js': data({ rows: [{ url: 'a/b.html#gone' }] }),
    'assets/hierarchy.js': data({ x: { url: 'a/b.html#here' } }),
  });
  const { faults, pages } = siteFaults(folder);
  expect(faults).toEqual([
    'index.html: a/b.html#gone leads to an anchor that is not in a/b.html',
    'index.html: gone.svg leads to a page that is not there',
    'index.html: #top leads to an anchor that is not in index.html',
    'a/b.html: b2.html leads to a page that is not there',
    'assets/navigation.js: gone.html leads to a page that is not there',
    'assets/search.js: a/b.html#gone leads to an anchor that is not in a/b.html',
  ]);
  expect(pages).toBe(2);
});
