import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { externalFault, isExternal } from './external.mjs';
import { markdownAnchors, markdownLinks } from './markdown.mjs';

/** Links to files of this repository that are written for those who have no copy of it. */
const OWN = /^https:\/\/github\.com\/liveheartrate\/liveheartrate\/(?:blob|tree)\/main\/?/;

/**
 * Every Markdown file that people read.
 *
 * @param {string} root folder of the repository
 */
function markdownFiles(root) {
  const below = ['docs', 'examples', 'constructs'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
          .map((entry) => relative(root, join(entry.parentPath, entry.name)))
          .filter((path) => !path.includes('node_modules'))
      : [],
  );
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below.sort()].filter((path) =>
    existsSync(join(root, path)),
  );
}

/**
 * What is wrong with the links of the Markdown files: files, anchors and images that are not there, and links that lead to
 * where none may.
 *
 * @param {string} root folder of the repository
 */
export function sourceFaults(root) {
  /** @type {string[]} */
  const faults = [];
  let count = 0;
  for (const file of markdownFiles(root)) {
    for (const { link, line } of markdownLinks(readFileSync(join(root, file), 'utf8'))) {
      count++;
      const fault = faultOf(link, file);
      if (fault) faults.push(`${file}:${line}: ${link} ${fault}`);
    }
  }
  return { count, faults };

  /**
   * @param {string} link
   * @param {string} file
   */
  function faultOf(link, file) {
    if (OWN.test(link)) return localFault(link.replace(OWN, ''), '.');
    if (isExternal(link)) return externalFault(link);
    return localFault(link, link.startsWith('#') ? file : dirname(file));
  }

  /**
   * @param {string} link
   * @param {string} from
   */
  function localFault(link, from) {
    const [path = '', anchor] = decodeURI(link).split('#');
    const target = path === '' ? from : join(from, path);
    if (target.startsWith('..')) return 'leads out of the repository';
    if (!existsSync(join(root, target))) return 'leads to a file that is not there';
    if (anchor === undefined || !target.endsWith('.md')) return undefined;
    const anchors = markdownAnchors(readFileSync(join(root, target), 'utf8'));
    return anchors.has(anchor) ? undefined : `leads to a heading that is not in ${target}`;
  }
}
