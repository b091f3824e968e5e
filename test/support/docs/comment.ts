import ts from 'typescript';

/** What is written about something. */
export interface Comment {
  /** All of the text before the tags. */
  readonly text: string;
  /** The names of its tags. */
  readonly tags: readonly string[];
  /** The names of the parameters that are documented. */
  readonly params: readonly string[];
}

/** Reads the comment of a declaration. */
export function commentOf(node: ts.Node): Comment {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = docs.flatMap((doc) => [...(doc.tags ?? [])]);
  return {
    text: docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join('\n'),
    tags: tags.map(({ tagName }) => tagName.text),
    params: tags.filter(ts.isJSDocParameterTag).map(({ name }) => name.getText()),
  };
}
