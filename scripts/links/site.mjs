import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inflateSync } from 'node:zlib';
import { Parser } from 'htmlparser2';
import { externalFault, isExternal } from './external.mjs';

/** What TypeDoc keeps beside its pages, from which the navigation and the search make links. */
const DATA = ['navigation', 'search', 'hierarchy'];

/**
 * What is wrong with the links of the built site: pages, anchors, images and scripts that are not there.
 *
 * @param {string} site its folder
 */
export function siteFaults(site) {
  const pages = new Map(
    readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
      .map((entry) => relative(site, join(entry.parentPath, entry.name)))
      .map((path) => [path, readPage(readFileSync(join(site, path), 'utf8'))]),
  );
  /** @type {string[]} */
  const faults = [];
  let count = 0;
  const check = (/** @type {string} */ link, /** @type {string} */ from, /** @type {string} */ place) => {
    count++;
    const fault = isExternal(link) ? externalFault(link) : localFault(link, from);
    if (fault) faults.push(`${place}: ${link} ${fault}`);
  };
  for (const [path, { links }] of pages) for (const link of links) check(link, path, path);
  for (const name of DATA) {
    const file = join(site, 'assets', `${name}.js`);
    for (const link of dataLinks(readFileSync(file, 'utf8'))) check(link, 'index.html', `assets/${name}.js`);
  }
  return { count, pages: pages.size, faults };

  /**
   * @param {string} link
   * @param {string} from
   */
  function localFault(link, from) {
    const [path = '', anchor = ''] = decodeURI(link).split('#');
    const file = path.replace(/\?.*/, '');
    const target = file === '' ? from : join(dirname(from), file);
    if (target.startsWith('..')) return 'leads out of the site';
    const page = pages.get(target);
    if (page === undefined)
      return existsSync(join(site, target)) ? undefined : 'leads to a page that is not there';
    return anchor === '' || page.ids.has(anchor) ? undefined : `leads to an anchor that is not in ${target}`;
  }
}

/**
 * The links of a page, each once, and the anchors that it has.
 *
 * @param {string} html
 */
function readPage(html) {
  const links = new Set();
  const ids = new Set();
  const parser = new Parser({
    onopentag(_, { href, src, id, name }) {
      if (href) links.add(href);
      if (src) links.add(src);
      if (id) ids.add(id);
      if (name) ids.add(name);
    },
  });
  parser.end(html);
  return { links, ids };
}

/**
 * The links in what TypeDoc keeps compressed.
 *
 * @param {string} script
 * @returns {string[]}
 */
function dataLinks(script) {
  const [, base64 = ''] = /"([^"]+)"/.exec(script) ?? [];
  /** @type {string[]} */
  const links = [];
  JSON.parse(inflateSync(Buffer.from(base64, 'base64')).toString(), (key, value) => {
    if ((key === 'path' || key === 'url') && typeof value === 'string') links.push(value);
    return value;
  });
  if (links.length === 0)
    throw new Error('TypeDoc keeps its links in another way now: see scripts/links/site.mjs.');
  return links;
}
