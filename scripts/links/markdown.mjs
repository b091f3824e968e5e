const FENCE = /^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2[^\n]*$/gm;
const COMMENT = /<!--[\s\S]*?-->/g;
const CODE = /(`+)(?:(?!\1)[\s\S])+?\1/g;
/** `[text](target)`, `![text](target "title")`, `[name]: target`, `<https://…>`, and what HTML has. */
const LINKS = [
  /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g,
  /^ {0,3}\[[^\]]+\]:\s*(\S+)/gm,
  /<(https?:[^>\s]+)>/g,
  /\s(?:href|src)="([^"]+)"/g,
];

/**
 * The links and images of a Markdown file, each with its line. Code holds none.
 *
 * @param {string} text
 */
export function markdownLinks(text) {
  const prose = [FENCE, COMMENT, CODE].reduce((rest, code) => rest.replace(code, blank), text);
  return LINKS.flatMap((pattern) =>
    [...prose.matchAll(pattern)].map(({ index, 1: link = '' }) => ({
      link,
      line: prose.slice(0, index).split('\n').length,
    })),
  ).sort((a, b) => a.line - b.line);
}

/**
 * The anchors of a Markdown file, as GitHub and TypeDoc name those of its headings.
 *
 * @param {string} text
 */
export function markdownAnchors(text) {
  const anchors = new Set();
  for (const [, heading = ''] of text.replace(FENCE, blank).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of text.matchAll(/\s(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

/** @param {string} heading */
const slugOf = (heading) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');

/**
 * Lines keep their numbers.
 *
 * @param {string} text
 */
const blank = (text) => text.replace(/[^\n]/g, ' ');
