import type { Shape, Value } from './shape.js';

/** For fish, with what it brings for that. */
export function fishScript(program: string, shapes: readonly Shape[]): string {
  const complete = `complete -c ${program}`;
  const lines = shapes.flatMap(({ name, description, flags, value }) => {
    const within = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `${complete} -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
      ...flags.map(
        (flag) =>
          `${complete} ${within} -l ${flag.name.slice(2)} -d ${quote(flag.description)}${behind(flag.value)}`,
      ),
      ...(value === 'none' || value === 'any' ? [] : [`${complete} ${within}${without(value)}`]),
    ];
  });
  return [`# Completion of ${program} in fish.`, `${complete} -f`, ...lines, ''].join('\n');
}

/** What stands behind a flag. */
function behind(value: Value): string {
  if (value === 'none') return '';
  return value === 'file' ? ' -r -F' : ` -x${without(value)}`;
}

function without(value: Value): string {
  if (value === 'file') return ' -F';
  if (value === 'folder') return " -a '(__fish_complete_directories)'";
  return typeof value === 'string' ? '' : ` -a ${quote(value.join(' '))}`;
}

const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
