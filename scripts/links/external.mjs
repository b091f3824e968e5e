/** Where links out of the documentation may lead to. What is asked for there is not looked at: the check needs no network. */
const HOSTS = [
  'aws.amazon.com',
  'developer.mozilla.org',
  'docs.aws.amazon.com',
  'eur-lex.europa.eu',
  'github.com',
  'nodejs.org',
  'rxjs.dev',
  'typedoc.org',
  'webbluetoothcg.github.io',
  'www.hhs.gov',
  'www.typescriptlang.org',
];

/**
 * What is wrong with a link out of the documentation.
 *
 * @param {string} link
 * @returns {string | undefined} why it cannot stay; `undefined` where it can
 */
export function externalFault(link) {
  if (!URL.canParse(link)) return 'is no URL';
  const { protocol, hostname, username, search } = new URL(link);
  if (protocol !== 'https:') return 'does not begin with https:';
  if (username !== '' || /token|key|secret/i.test(search)) return 'holds a credential';
  return HOSTS.includes(hostname) ? undefined : 'leads to a host that is not in scripts/links/external.mjs';
}

/** @param {string} link */
export const isExternal = (link) => /^[a-z][a-z+.-]*:|^\/\//i.test(link);
