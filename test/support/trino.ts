import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTrino } from '../../scripts/servers/trino.mjs';
import { cacheFolder } from '../../scripts/servers.mjs';
import { freePort } from './free-port.ts';
import { type Server, startServer } from './server.ts';

const JVM = ['-Xmx400m', '-XX:TieredStopAtLevel=1'];

export interface Trino extends Server {
  /** The folder that it knows as `local:///`. */
  readonly folder: string;
}

/** The real Trino on loopback, with one catalog, `hive`, of tables over files in a folder. */
export async function startTrino(): Promise<Trino> {
  const { java, home } = await prepareTrino(join(cacheFolder, 'trino'), console.error);
  const port = await freePort();
  let data = '';
  const server = await startServer({
    name: 'trino',
    command: (folder) => {
      data = join(folder, 'files');
      mkdirSync(data);
      const etc = join(folder, 'etc');
      mkdirSync(join(etc, 'catalog'), { recursive: true });
      writeFileSync(join(etc, 'config.properties'), properties(settings(port)));
      writeFileSync(join(etc, 'catalog', 'hive.properties'), properties(catalog(data)));
      const node = {
        ...{ environment: 'test', 'data-dir': join(folder, 'data') },
        ...{ 'bind-ip': '127.0.0.1', 'internal-address': '127.0.0.1' },
      };
      const options = Object.entries(node).map(([name, value]) => `-Dnode.${name}=${value}`);
      options.push(`-Dconfig=${join(etc, 'config.properties')}`, `-Dplugin.dir=${join(home, 'plugin')}`);
      return [java, ...JVM, ...options, '-cp', join(home, 'lib', '*'), 'io.trino.server.TrinoServer'];
    },
    urlWhenReady: (log) => (log.includes('SERVER STARTED') ? `http://127.0.0.1:${port}/v1/info` : undefined),
    startMs: 400_000,
    graceMs: 15_000,
  });
  return { ...server, folder: data };
}

const settings = (port: number) => ({
  coordinator: true,
  'node-scheduler.include-coordinator': true,
  'http-server.http.port': port,
  'discovery.uri': `http://127.0.0.1:${port}`,
});

/** As Athena is: it projects partitions, finds no fault with those that are not there, and looks into subfolders. */
const catalog = (folder: string) => ({
  'connector.name': 'hive',
  'hive.metastore': 'file',
  'hive.metastore.catalog.dir': 'local:///metastore',
  'fs.native-local.enabled': true,
  'local.location': folder,
  'hive.partition-projection-enabled': true,
  'hive.ignore-absent-partitions': true,
  'hive.recursive-directories': true,
  'hive.non-managed-table-writes-enabled': true,
});

const properties = (values: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
