/** Part of a volume that is to stay free. Below it an alarm goes off ("Recommended CloudWatch alarms"). */
export const FREE = 0.25;
/** What Linux takes of a volume ("Calculating storage requirements"). */
const SYSTEM = 0.05;
/** What the service keeps for itself and counts as not free (the same): a part, and so many GiB at most. */
const RESERVED = { part: 0.2, most: 20 };

/** How much of a volume samples may fill, GiB. */
export const roomOf = (volume: number): number =>
  volume * (1 - SYSTEM - FREE) - Math.min(volume * RESERVED.part, RESERVED.most);

/** The volume with so much room, GiB. */
export const volumeFor = (room: number): number =>
  Math.min(room / (1 - SYSTEM - FREE - RESERVED.part), (room + RESERVED.most) / (1 - SYSTEM - FREE));
