// `npm run bench` lists the benches, `npm run bench -- <name>` runs one. They measure what users get: the built package.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepare } from '../scripts/prepare.mjs';

const folder = fileURLToPath(new URL('benches', import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.mjs$/, ''));
const [name] = process.argv.slice(2);

if (name === undefined) {
  console.log(['Benches, to be run by "npm run bench -- <name>":', ...names].join('\n  '));
} else if (names.includes(name)) {
  prepare();
  const { bench } = await import(`./benches/${name}.mjs`);
  process.exitCode = await bench();
} else {
  console.error(`There is no bench ${name}: there is ${names.join(', ')}.`);
  process.exitCode = 1;
}
