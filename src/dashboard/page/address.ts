/** The address of something of the server, next to the page. */
export function addressOf(path: string, words: Readonly<Record<string, string>> = {}): string {
  const address = new URL(path, document.baseURI);
  for (const [name, value] of Object.entries(words)) address.searchParams.set(name, value);
  return address.href;
}
