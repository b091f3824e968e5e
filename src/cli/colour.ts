import { styleText } from 'node:util';

/** The few colours: what is well, what to look at, what is wrong, and what matters less. */
export type Colour = 'green' | 'yellow' | 'red' | 'dim';
/** Gives text a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

// Newer versions of Node.js would look at the standard output by themselves, which may not be where this goes.
const style = styleText as (colour: Colour, text: string, options: { validateStream: boolean }) => string;

/** How to colour what goes to an output: on a terminal, unless NO_COLOR is set; elsewhere only with FORCE_COLOR. */
export function paintFor(output: { readonly isTTY?: boolean }, env = process.env): Paint {
  return hasColours(output, env)
    ? (colour, text) => style(colour, text, { validateStream: false })
    : (_, text) => text;
}

function hasColours({ isTTY = false }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return !['0', 'false'].includes(FORCE_COLOR);
  return isTTY && TERM !== 'dumb';
}
