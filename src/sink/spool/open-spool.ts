import { InvalidArgumentError } from '../../errors.js';
import { lockFolder } from './lock.js';
import { type NodeModules, nodeModules } from './node.js';
import type { Spool } from './spool.js';
import { toSpoolError } from './spool-error.js';
import { type SpoolEvents, spoolIn } from './spool-in.js';
import type { SpoolOptions } from './spool-options.js';

const MAX_BYTES = 1 << 30;

/**
 * Opens the spool of a service: a folder of segments of JSON lines, with a checkpoint and a lock.
 *
 * @throws `SpoolError` where the folder cannot be used, or belongs to another process.
 */
export function openSpool(options: string | SpoolOptions, service: string, events: SpoolEvents): Spool {
  const given = typeof options === 'object' && options !== null ? options : { directory: options };
  const { directory, durability = 'disk', maxBytes = MAX_BYTES } = given;
  if (typeof directory !== 'string' || directory === '')
    throw new InvalidArgumentError('spool must be the path of a folder, or options with it as directory.');
  if (durability !== 'disk' && durability !== 'os')
    throw new InvalidArgumentError(`durability must be os or disk, but is ${durability}.`);
  if (!(typeof maxBytes === 'number' && maxBytes > 0))
    throw new InvalidArgumentError(`maxBytes must be a positive number of bytes, but is ${maxBytes}.`);

  const node = nodeModules();
  const folder = folderOf(node, directory, service);
  let unlock = () => {};
  try {
    const made = node.fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined && durability === 'disk') syncParents(node, folder, made);
    unlock = lockFolder(node, folder);
    return spoolIn(node, folder, { durability, maxBytes, unlock, ...events });
  } catch (error) {
    unlock();
    throw toSpoolError(error, folder, 'opened');
  }
}

/** A new folder survives a power cut only when the one it is in is stored, too. Windows knows no such thing. */
function syncParents({ fs, path }: NodeModules, folder: string, first: string): void {
  if (process.platform === 'win32') return;
  for (let made = folder; made.startsWith(first); made = path.dirname(made)) {
    const fd = fs.openSync(path.dirname(made), 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  }
}

/** A folder for each service, named as it is, as far as names of files can be; the hash tells apart what then is the same. */
function folderOf({ os, path, crypto }: NodeModules, directory: string, service: string): string {
  const home = directory.replace(/^~(?=$|[/\\])/, os.homedir());
  const slug = service
    .replace(/[^A-Za-z0-9._]+/g, '-')
    .slice(0, 80)
    .toLowerCase();
  const hash = crypto.createHash('sha256').update(service).digest('hex').slice(0, 8);
  return path.resolve(home, `${slug}-${hash}`);
}
