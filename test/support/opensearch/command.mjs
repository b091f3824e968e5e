import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RUNNER = 'org.codelibs.opensearch.runner.OpenSearchRunner';
const SETTINGS = [
  'network.host: 127.0.0.1',
  'transport.port: 0',
  'cluster.routing.allocation.disk.threshold_enabled: false',
];
const LISTENS = /HttpServerTransport.*publish_address \{([^}]+)\}/;

/**
 * The command that runs one node of OpenSearch on any free port of loopback.
 * @param {{ java: string, lib: string }} where
 * @param {string} folder of its own
 * @param {readonly string[]} jvm its memory, and what else the virtual machine is told
 * @returns {[program: string, ...args: string[]]}
 */
export function openSearchCommand({ java, lib }, folder, jvm) {
  const config = join(folder, 'node_1', 'config');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'opensearch.yml'), SETTINGS.join('\n'));
  // The runner listens on this port plus the number of the node: on port 0, which is any free one.
  const node = ['-basePath', folder, '-numOfNode', '1', '-baseHttpPort', '-1'];
  return [java, '--add-modules=jdk.incubator.vector', ...jvm, '-cp', join(lib, '*'), RUNNER, ...node];
}

/**
 * Where a node answers once it is ready.
 * @param {string} log of the node
 * @returns {string | undefined} a URL, as soon as the log tells
 */
export function healthUrlIn(log) {
  const address = LISTENS.exec(log)?.[1];
  return address && `http://${address}/_cluster/health?wait_for_status=yellow&timeout=1s`;
}
