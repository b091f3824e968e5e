import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One block of TypeScript in the documentation. */
export interface Snippet {
  /** File and line of its fence, such as `README.md:12`. */
  readonly place: string;
  readonly code: string;
  /** Whether it is executed as well: not where its fence says `no-run`. */
  readonly runs: boolean;
}

const FENCE = /^```ts(?<flags>[^\n]*)\n(?<code>.*?)^```$/gms;
const COMMENT = /\/\*\*.*?\*\//gs;

/** All TypeScript in the guides and in the comments of the sources. */
export function findSnippets(): Snippet[] {
  const guides = ['README.md', 'CONTRIBUTING.md', 'constructs/README.md', ...filesIn('docs', '.md')];
  const sources = [...filesIn('src', '.ts'), ...filesIn('constructs/src', '.ts')];
  return [
    ...guides.flatMap((file) => snippetsOf(file)),
    ...sources.flatMap((file) => snippetsOf(file, withoutStars)),
  ];
}

function snippetsOf(file: string, prepare = (text: string) => text): Snippet[] {
  const text = prepare(readFileSync(join(root, file), 'utf8'));
  return [...text.matchAll(FENCE)].map(({ index, groups: { flags = '', code = '' } = {} }) => {
    if (!['', ' no-run'].includes(flags))
      throw new Error(`${file}: a fence says ts${flags}, which means nothing.`);
    return { place: `${file}:${lineAt(text, index)}`, code, runs: flags === '' };
  });
}

/** The text of the comments alone, each on its lines; the code between them leaves empty lines. */
function withoutStars(source: string): string {
  let text = '';
  let last = 0;
  for (const { 0: comment, index } of source.matchAll(COMMENT)) {
    text += source.slice(last, index).replace(/[^\n]+/g, '') + comment.replace(/^[ \t]*\* ?/gm, '');
    last = index + comment.length;
  }
  return text;
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
