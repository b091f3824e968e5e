import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cdkFor } from '../cdk.js';
import { startWithPlugins } from '../opensearch-plugins.js';
import { exampleApp } from './example-app.js';

/** What `cdk deploy` tells of the stack. */
export interface Outputs {
  readonly StreamName: string;
  readonly Archive: string;
  readonly WorkGroup: string;
}

/** Options of the example, as `-c` gives them. */
type Options = Readonly<Record<string, string>>;

export type Deployment = Awaited<ReturnType<typeof prepareDeployment>>;

/** The example, ready to be deployed on an AWS at a URL with an OpenSearch at another. */
export async function prepareDeployment(aws: string, opensearch: string, common: Options) {
  const [{ folder, constructs }, plugins] = await Promise.all([exampleApp(), startWithPlugins(opensearch)]);
  const cdk = cdkFor(folder, aws);
  const options = { endpoint: plugins.url, dashboardsEndpoint: `${plugins.url}/_dashboards`, ...common };
  const readJson = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));
  return {
    folder,
    /** Where the constructs are installed. */
    constructs,
    plugins,
    bootstrap: cdk.bootstrap,
    async deploy(more: Options = {}) {
      const said = await cdk.deploy({ ...options, ...more });
      const { HeartRate: outputs } = (await readJson('outputs.json')) as { HeartRate: Outputs };
      return { said, outputs };
    },
    destroy: () => cdk.destroy(options),
    /** The resources of the template that was deployed last. */
    async resources(): Promise<{ Type: string; DeletionPolicy?: string }[]> {
      return Object.values((await readJson('cdk.out/HeartRate.template.json')).Resources);
    },
    async close() {
      plugins.close();
      await rm(folder, { recursive: true });
    },
  };
}
