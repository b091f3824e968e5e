import { SpoolError } from '../errors.js';
import type { NodeModules } from './node.js';

/** Who holds a folder. */
interface Owner {
  readonly pid: string;
  /** When its process started, as far as the system tells: numbers of processes come again. */
  readonly started: string;
  readonly host: string;
}

const NAME = /^lock-(\d+)$/;
const OWNER = /^(\d+):(\d*)@(.*)$/;
/** What a lock says that was given back. */
const FREE = 'free';
/** How often an owner shows that it lives, and after how long without that it counts as dead, milliseconds. */
const BEAT = 10_000;
const DEAD_AFTER = 60_000;

/**
 * Makes this process the only owner of a folder. The lock of a process that is gone is taken over: on this host that
 * is known at once; of another host, or another container, only that its lock has not been touched for a minute.
 *
 * Locks are numbered, and the highest is the one that counts. Who finds that its owner is gone makes the next, which
 * only one can; to give it back is to make the next, too. So the highest is never deleted, and no number comes again.
 *
 * @returns Gives it back.
 * @throws {@link SpoolError} where somebody else has it.
 */
export function lockFolder(node: NodeModules, folder: string): () => void {
  const { fs, path, os } = node;
  const fileOf = (number: number) => path.join(folder, `lock-${number}`);
  const host = os.hostname();
  const mine = `${process.pid}:${startOf(node, String(process.pid))}@${host}`;

  let number = 0;
  let made = false;
  try {
    while (!made || highest(node, folder) !== number) {
      made = false;
      number = highest(node, folder);
      const file = fileOf(number);
      if (number > 0 && isTaken(node, file, host)) throw taken(folder, read(node, file), mine);
      made = make(node, fileOf(++number), mine);
    }
  } catch (error) {
    if (made) fs.rmSync(fileOf(number), { force: true });
    throw error;
  }

  /** The locks that do not count any more. */
  function clear(): void {
    for (const name of fs.readdirSync(folder)) {
      const [, other] = NAME.exec(name) ?? [];
      if (other !== undefined && Number(other) < number) fs.rmSync(path.join(folder, name), { force: true });
    }
  }

  try {
    clear();
  } catch {
    // They do no harm; the next owner tries again.
  }

  const beat = setInterval(() => {
    const now = new Date();
    fs.lutimes(fileOf(number), now, now, () => {});
  }, BEAT);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (make(node, fileOf(++number), FREE)) clear();
  };
}

const highest = ({ fs }: NodeModules, folder: string): number =>
  Math.max(0, ...fs.readdirSync(folder).map((name) => Number(NAME.exec(name)?.[1] ?? 0)));

/**
 * Makes a lock, which only one can. A link that points to what it says is there in one step, and takes no room on a
 * full disk; where there are no links, such as on most memory sticks, it is a file.
 */
function make({ fs }: NodeModules, file: string, text: string): boolean {
  try {
    fs.symlinkSync(text, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read({ fs }: NodeModules, file: string): string {
  const says = (how: () => string): string | undefined => {
    try {
      return how();
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return FREE; // Deleted by the owner of a higher one.
      if (NO_LINK.has(code)) return undefined;
      throw error;
    }
  };
  return says(() => fs.readlinkSync(file)) ?? says(() => fs.readFileSync(file, 'utf8')) ?? '';
}

/** What systems say of a file that is no link. */
const NO_LINK = new Set(['EINVAL', 'UNKNOWN', 'ENOTSUP', 'ENOSYS']);

const ownerOf = (text: string): Owner | undefined => {
  const [, pid, started = '', host = ''] = OWNER.exec(text) ?? [];
  return pid === undefined ? undefined : { pid, started, host };
};

function isTaken(node: NodeModules, file: string, host: string): boolean {
  const text = read(node, file);
  if (text === FREE) return false;
  const owner = ownerOf(text);
  if (owner?.host !== host) {
    // Of another host; or one that is just being made, or was when the power failed.
    const touched = node.fs.lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Math.abs(Date.now() - touched) < DEAD_AFTER;
  }
  try {
    process.kill(Number(owner.pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return owner.started === startOf(node, owner.pid);
}

/** When a process started, in ticks since the system did (proc(5), field 22 of stat); only Linux tells without a program. */
function startOf({ fs }: NodeModules, pid: string): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that has ended, and that nobody has asked for, does nothing any more.
    return /[ZX]/.test(fields[0] ?? '') ? 'ended' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function taken(folder: string, text: string, mine: string): SpoolError {
  if (text === mine)
    return new SpoolError(
      `The spool ${folder} is already open in this process. Share that sink, or close it first.`,
    );
  const { pid = '', host } = ownerOf(text) ?? {};
  return new SpoolError(
    host === ownerOf(mine)?.host
      ? `The spool ${folder} is in use by process ${pid}. End that one, or choose another folder.`
      : `The spool ${folder} is in use on ${host ?? 'another host'}. Give each its own folder; if that one is gone, try again in a minute.`,
  );
}
