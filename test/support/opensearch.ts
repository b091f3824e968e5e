import { prepareServers } from '../../scripts/servers.mjs';
import { healthUrlIn, openSearchCommand } from './opensearch/command.mjs';
import { type Server, startServer } from './server.ts';

/** Starting soon matters more here than running fast. */
const JVM = ['-Xms512m', '-Xmx512m', '-XX:TieredStopAtLevel=1'];

/** The real OpenSearch, one node on loopback; or the one at OPENSEARCH_URL, which is left as it is. */
export async function startOpenSearch(): Promise<Server> {
  const { opensearch } = await prepareServers();
  if (!opensearch.ready) throw new Error(opensearch.reason);
  if ('url' in opensearch) return { url: opensearch.url, stop: async () => {} };
  return startServer({
    name: 'opensearch',
    command: (folder) => openSearchCommand(opensearch, folder, JVM),
    urlWhenReady: healthUrlIn,
    startMs: 300_000,
    graceMs: 10_000,
  });
}
