/** A canonical UUID as browsers take it: those of 16 bits as numbers. */
export const platformUuid = (uuid: string): number | string =>
  uuid.length === 4 ? Number.parseInt(uuid, 16) : uuid;
