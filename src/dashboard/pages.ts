import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file as it is sent. */
export interface Page {
  readonly type: string;
  readonly body: Buffer;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Two pages have paths of their own. */
const paths: Record<string, string> = { '/index.html': '/', '/overlay.html': '/overlay' };

/** What is shown where the pages have not been built, such as from the sources. */
const placeholder: Page = {
  type: types['.html'] ?? '',
  body: Buffer.from(
    '<!doctype html><html lang="en"><title>liveheartrate</title><p>The page is not built; the feed is at <a href="/live">/live</a>.</html>',
  ),
};

/** Where this module lies: a URL, or in CommonJS a path. */
const here = import.meta.url.startsWith('file:') ? fileURLToPath(import.meta.url) : import.meta.url;

/** All files of the pages, by path: what is not among them is not there. */
export function readPages(folder = join(dirname(here), 'dashboard')): ReadonlyMap<string, Page> {
  const pages = new Map([
    ['/', placeholder],
    ['/overlay', placeholder],
  ]);
  for (const name of namesIn(folder)) {
    const path = `/${name.replaceAll(sep, '/')}`;
    const type = types[extname(name)];
    if (type !== undefined) pages.set(paths[path] ?? path, { type, body: readFileSync(join(folder, name)) });
  }
  return pages;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map(String);
  } catch {
    return [];
  }
}
