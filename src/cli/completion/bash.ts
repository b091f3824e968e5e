import type { Shape, Value } from './shape.js';

/** For Bash from 3.2 on, which is that of macOS. It needs nothing else, and starts no program when a key is pressed. */
export function bashScript(program: string, shapes: readonly Shape[]): string {
  /** All flags with the same behind them, by what offers it. */
  const behind = new Map<string, string[]>();
  for (const { name, flags } of shapes)
    for (const flag of flags.filter(({ value }) => value !== 'none')) {
      const offered = offer(flag.value);
      behind.set(offered, [...(behind.get(offered) ?? []), `'${name} ${flag.name}'`]);
    }
  const cases = [...behind].map(([offered, flags]) => `    ${flags.join(' | ')})\n      ${offered} ;;`);
  const flags = shapes.map(({ name, flags: all, value }) => {
    const also = Array.isArray(value) || value === 'file' || value === 'folder';
    return `    ${name})
      flags='${all.map((flag) => flag.name).join(' ')}'${also ? `\n      [[ $word == -* ]] || ${offer(value)}` : ''} ;;`;
  });
  return `# Completion of ${program} in Bash.
_${program}() {
  local IFS=$' \\t\\n' word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} flags=
  # Bash takes --flag=value apart.
  [[ $before == = ]] && before=\${COMP_WORDS[COMP_CWORD - 2]}
  [[ $word == = ]] && word=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    ${offer([...shapes.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${cases.join('\n')}
    *) _${program}_words ;;
  esac
}
_${program}_words() {
  case "\${COMP_WORDS[1]}" in
${flags.join('\n')}
  esac
  COMPREPLY+=($(compgen -W "$flags" -- "$word"))
}
_${program}_paths() {
  local IFS=$'\\n'
  compopt -o filenames 2> /dev/null
  COMPREPLY=($(compgen "$1" -- "$word"))
}
complete -F _${program} ${program}
`;

  function offer(value: Value): string {
    if (value === 'file') return `_${program}_paths -f`;
    if (value === 'folder') return `_${program}_paths -d`;
    return typeof value === 'string' ? ':' : `COMPREPLY=($(compgen -W '${value.join(' ')}' -- "$word"))`;
  }
}
