/**
 * Splits text into JSON documents without parsing them: one on each line, several on one line, or one
 * object spread over lines as long as it starts a line. What is no object comes out line by line, so
 * that a torn or foreign line costs nothing beside it. Takes linear time whatever the text.
 */
export function* splitDocuments(text: string): Generator<string> {
  // An object that starts in column 0 starts afresh: whatever stood before it is over, closed or not.
  for (const chunk of hasOneLine(text) ? [text] : text.split(/\n(?=\{)/)) {
    if (isOneLine(chunk)) {
      const document = chunk.trim();
      if (document !== '') yield document;
    } else {
      yield* scan(chunk);
    }
  }
}

function hasOneLine(text: string): boolean {
  const newline = text.indexOf('\n');
  return newline === -1 || newline === text.length - 1;
}

/** The usual case, one object on one line, for which no scan is needed. */
const isOneLine = (chunk: string): boolean => hasOneLine(chunk) && !/\}\s*\{/.test(chunk);

function* scan(chunk: string): Generator<string> {
  let at = 0;
  let lineEnd = -1;
  while (at < chunk.length) {
    if (isSpace(chunk.charCodeAt(at))) {
      at++;
      continue;
    }
    if (at > lineEnd) lineEnd = endOfLine(chunk, at);
    // Only the first object may run over lines: that bounds the work to one extra pass.
    let end = chunk[at] === '{' ? endOfObject(chunk, at, at === 0 ? chunk.length : lineEnd) : -1;
    if (end === -1) end = lineEnd;
    yield chunk.slice(at, end).trim();
    at = end;
  }
}

/** Index behind the object that starts at `from`, or -1 where it does not end before `limit`. */
function endOfObject(text: string, from: number, limit: number): number {
  let depth = 0;
  let inString = false;
  for (let at = from; at < limit; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
      else if (char === '\n') return -1;
    } else if (char === '"') inString = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xfeff;
}
