/** In which folders the archive is. */
export enum ArchiveLayout {
  /** `heart_rate/day=2026-11-23/`, by the day of arrival (UTC). */
  DAY = 'DAY',

  /** `heart_rate_data/2026/11/23/session_18-05-00/`, by the local time of arrival, as the older pipeline had it. */
  SESSION = 'SESSION',
}
