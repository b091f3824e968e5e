/** One saved object of OpenSearch Dashboards. */
export interface SavedObject {
  /** What it is. */
  readonly type: 'index-pattern' | 'visualization' | 'dashboard';
  /** Its id: the same for the same index in every version of this package. */
  readonly id: string;
  /** What it consists of. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The saved objects that it needs. */
  readonly references: readonly SavedObjectReference[];
  /** The form in which it is written, which Dashboards of any later version reads. */
  readonly migrationVersion: Readonly<Record<string, string>>;
}

/** That one saved object needs another. */
export interface SavedObjectReference {
  /** What the one calls the other. */
  readonly name: string;
  /** What the other is. */
  readonly type: SavedObject['type'];
  /** The id of the other. */
  readonly id: string;
}

/**
 * Writes saved objects as the import of OpenSearch Dashboards reads them: `POST /api/saved_objects/_import` with
 * `overwrite=true`, or "Import" on the page of saved objects.
 *
 * @param objects - The objects, such as those of {@link dashboards}.
 * @returns One JSON object on each line.
 *
 * @example
 * ```ts
 * import { writeFileSync } from 'node:fs';
 * import { dashboards, toNdjson } from 'liveheartrate/serving';
 *
 * writeFileSync('heart-rate.ndjson', toNdjson(dashboards()));
 * ```
 */
export function toNdjson(objects: readonly SavedObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}
