import { Token } from 'aws-cdk-lib';
import { refuse } from './refuse';

/** Refuses what is no address of mail, where it can be known. */
export function checkEmail(name: string, email: string | undefined): void {
  if (email === undefined || Token.isUnresolved(email)) return;
  refuse(!/^[^\s@]+@[^\s@]+$/.test(email), `${name} must be an address such as coach@example.com.`);
}

/** Refuses what is no URL, where it can be known. */
export function checkUrl(name: string, url: string | undefined): void {
  if (url === undefined || Token.isUnresolved(url)) return;
  const isUrl = /^https?:\/\//.test(url) && URL.canParse(url);
  refuse(!isUrl, `${name} must be a URL such as https://search.example.com.`);
}
