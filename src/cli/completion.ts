import { Argument, type Command } from 'commander';

const INSTALL = `
To have it in every shell from now on:
  bash   echo 'eval "$(liveheartrate completion bash)"' >> ~/.bashrc
  zsh    echo 'eval "$(liveheartrate completion zsh)"' >> ~/.zshrc    (behind compinit)
  fish   liveheartrate completion fish > ~/.config/fish/completions/liveheartrate.fish`;

/** `liveheartrate completion`: what makes a shell complete the words of this command. */
export function completionCommand(program: Command): void {
  program
    .command('completion')
    .description('write what makes a shell complete commands, flags and paths')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', INSTALL)
    .action(async (shell: 'bash' | 'zsh' | 'fish') =>
      (await import('./completion/index.js')).writeScript(shell, program),
    );
}
