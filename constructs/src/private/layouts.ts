import { ArchiveLayout } from '../archive-layout';

/** What follows from a layout. */
export interface Layout {
  /** The folder of the table. */
  readonly folder: string;
  /** The rest of the prefix of a file, in the words of Firehose. */
  readonly prefix: string;
  /** The location of a day below the folder, in the words of partition projection. */
  readonly location: string;
  /** How a day is written. */
  readonly dayFormat: 'yyyy-MM-dd' | 'yyyy/MM/dd';
  /** The first day that is looked for. */
  readonly firstDay: string;
}

export const layouts: Record<ArchiveLayout, Layout> = {
  [ArchiveLayout.DAY]: {
    folder: 'heart_rate/',
    prefix: 'day=!{timestamp:yyyy-MM-dd}/',
    location: `day=\${day}/`,
    dayFormat: 'yyyy-MM-dd',
    firstDay: '2020-01-01',
  },
  [ArchiveLayout.SESSION]: {
    folder: 'heart_rate_data/',
    prefix: '!{timestamp:yyyy/MM/dd}/session_!{timestamp:HH-mm-ss}/',
    location: `\${day}/`,
    dayFormat: 'yyyy/MM/dd',
    firstDay: '2020/01/01',
  },
};
