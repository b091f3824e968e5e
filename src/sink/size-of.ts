const encoder = /* @__PURE__ */ new TextEncoder();

/** The size of a text in UTF-8. */
export const sizeOf = (text: string): number =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are all of ASCII, which most texts are.
  /^[\x00-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length;
