import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareServers } from '../../scripts/servers.mjs';
import { type Server, startServer } from './server.ts';

const RUNNER = 'org.codelibs.opensearch.runner.OpenSearchRunner';
const SETTINGS = [
  'network.host: 127.0.0.1',
  'transport.port: 0',
  'cluster.routing.allocation.disk.threshold_enabled: false',
];
const LISTENS = /HttpServerTransport.*publish_address \{([^}]+)\}/;

/** The real OpenSearch, one node on loopback; or the one at OPENSEARCH_URL, which is left as it is. */
export async function startOpenSearch(): Promise<Server> {
  const { opensearch } = await prepareServers();
  if (!opensearch.ready) throw new Error(opensearch.reason);
  if ('url' in opensearch) return { url: opensearch.url, stop: async () => {} };
  const { java, lib } = opensearch;
  return startServer({
    name: 'opensearch',
    command: (folder) => {
      const config = join(folder, 'node_1', 'config');
      mkdirSync(config, { recursive: true });
      writeFileSync(join(config, 'opensearch.yml'), SETTINGS.join('\n'));
      const jvm = ['--add-modules=jdk.incubator.vector', '-Xms512m', '-Xmx512m', '-XX:TieredStopAtLevel=1'];
      // The runner listens on this port plus the number of the node: on port 0, which is any free one.
      return [
        java,
        ...jvm,
        '-cp',
        join(lib, '*'),
        RUNNER,
        '-basePath',
        folder,
        '-numOfNode',
        '1',
        '-baseHttpPort',
        '-1',
      ];
    },
    urlWhenReady: (log) => {
      const address = LISTENS.exec(log)?.[1];
      return address && `http://${address}/_cluster/health?wait_for_status=yellow&timeout=1s`;
    },
    startMs: 90_000,
    graceMs: 10_000,
  });
}
