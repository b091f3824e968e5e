import type { Shape, Value } from './shape.js';

/** For zsh, with what it brings for that. */
export function zshScript(program: string, shapes: readonly Shape[]): string {
  const commands = shapes.map(({ name, description }) => `    ${quote(`${name}:${description}`)}`);
  const cases = shapes.map(({ name, flags, value }) => {
    const all = flags.map((flag) => quote(`${flag.name}[${bare(flag.description)}]${behind(flag.value)}`));
    if (value !== 'none') all.push(quote(`1${behind(value)}`));
    return `    ${name})\n      _arguments ${all.join(' \\\n        ')} ;;`;
  });
  return `#compdef ${program}
# Completion of ${program} in zsh.
_${program}() {
  local -a commands=(
${commands.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _${program} ]]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi
`;
}

/** How \`_arguments\` is told what stands behind something. */
function behind(value: Value): string {
  if (value === 'none') return '';
  if (value === 'file') return ':file:_files';
  if (value === 'folder') return ':folder:_files -/';
  return typeof value === 'string' ? ':value: ' : `:value:(${value.join(' ')})`;
}

const bare = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
