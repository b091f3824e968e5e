import { type PreparedIndex, prepareIndex, type Rotation } from '../../../src/opensearch/index.js';
import { authOf, clientOf } from './client.js';
import { doing } from './errors.js';
import type { Resource } from './event.js';
import { putFirstIndex } from './first-index.js';
import { placeOf } from './place.js';
import type { Properties } from './properties.js';
import { putRoles } from './roles.js';

const ROTATIONS: readonly Rotation[] = ['none', 'day', 'month'];

/** `Custom::HeartRateIndex`: templates, life cycle, roles and the first index. It outlives the stack, as the samples in it do. */
export const indexResource: Resource = {
  name: (properties) => placeOf(properties, properties.needed('index')),

  async put(properties, { signal }) {
    const options = optionsOf(properties);
    const security = properties.flag('security');
    const client = clientOf(properties.needed('endpoint'), await authOf(properties), signal);
    try {
      const prepared: PreparedIndex = await doing('The index', prepareIndex(client, options));
      await putFirstIndex(client, options);
      if (security) {
        const indexer = properties.needed('indexer');
        await putRoles(client, { ...options, indexer, viewers: properties.texts('viewers') });
      }
      return { lifecycle: prepared.lifecycle };
    } finally {
      await client.close();
    }
  },
};

/** Only what is given, so that everything else keeps its default. */
function optionsOf(properties: Properties) {
  const rejected = properties.text('rejected');
  const shards = properties.whole('shards');
  const replicas = properties.whole('replicas');
  const refreshInterval = properties.text('refreshInterval');
  const retention = properties.whole('retention');
  return {
    index: properties.needed('index'),
    rotation: properties.word('rotation', ROTATIONS),
    ...(rejected !== undefined && { rejected }),
    ...(shards !== undefined && { shards }),
    ...(replicas !== undefined && { replicas }),
    ...(refreshInterval !== undefined && { refreshInterval }),
    ...(retention !== undefined && { retention }),
  };
}
