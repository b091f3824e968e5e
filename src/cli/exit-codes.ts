/** What scripts read. */
export const FAILED = 1;
export const MISUSED = 2;

/** The same for people, below the help of the program. */
export const EXIT_CODES = `
Exit codes:
  0    done; also when Ctrl-C ends what has shown something
  1    failed: no sensor, no file, samples dropped, something not installed; the message says what to do
  2    asked wrongly: a command, a flag or a value that does not exist
  130  ended by Ctrl-C before there was anything to show; 143 by SIGTERM`;
