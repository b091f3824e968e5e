import type { Answer, Asked } from './web-server.js';

/** The import of saved objects of OpenSearch Dashboards, below `/_dashboards`. */
export function dashboardsServer() {
  const objects = new Map<string, Record<string, unknown>>();
  const tenants = new Set<string | undefined>();
  return {
    /** What is there, by its type and id. */
    objects,
    /** Where it has been put. */
    tenants,
    async answer({ method, path, query, headers, body }: Asked): Promise<Answer> {
      if (method !== 'POST' || path !== '/_dashboards/api/saved_objects/_import') return [404];
      if (!headers['osd-xsrf']) return [400, { message: 'Request must contain a osd-xsrf header.' }];
      const form = await new Response(new Uint8Array(body), {
        headers: { 'content-type': headers['content-type'] ?? '' },
      }).formData();
      const file = form.get('file');
      if (!(file instanceof File) || !file.name.endsWith('.ndjson')) return [415];
      const lines = (await file.text()).split('\n').filter((line) => line.trim() !== '');
      const given = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const idOf = ({ type, id }: Record<string, unknown>) => `${type}:${id}`;
      const conflicts = given.filter(
        (object) => query.get('overwrite') !== 'true' && objects.has(idOf(object)),
      );
      if (conflicts.length > 0) {
        const errors = conflicts.map(({ type, id }) => ({ type, id, error: { type: 'conflict' } }));
        return [200, { success: false, successCount: 0, errors }];
      }
      for (const object of given) objects.set(idOf(object), object);
      tenants.add(headers.securitytenant);
      return [200, { success: true, successCount: given.length }];
    },
  };
}
