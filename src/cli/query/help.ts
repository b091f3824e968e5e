export const HELP = `
Who answers: the archive in a folder of this machine, which may be in use meanwhile; Athena with --athena; OpenSearch
with --opensearch. Where none is named it is the OpenSearch of OPENSEARCH_ENDPOINT in the environment, or, where that is
not set, the archive in the folder 'archive', which 'liveheartrate demo' makes. OpenSearch answers no SQL and no --zones.

SQL is one SELECT over heart_rate: timestamp, heart_rate, rr_intervals, energy_expended, sensor_contact, sensor_id,
sensor_name, session_id, sequence, day. Local archives read that of DuckDB, Athena that of Trino. A local archive cannot
be changed by it, nor is any other file read.

A and B are times such as 2026-11-23T10:00, 2026-11-23T10:00:00Z or 2026-11-23; A counts, B no more. Without Z or an
offset such as +01:00 they are meant, and all are shown, in the time zone of this machine, or that of --tz. A time that
clocks show twice, when they are put back, is the first; one that they skip counts on from before the change. A day of
--last is 24 hours. A rate of 0 is no beat and takes no part in the rates.

Every TIMESTAMP of an archive is in UTC, and those of an answer are taken as such: tables and CSV show them in the time
zone with its offset, 2026-10-25T02:30:00.000+01:00, and JSON in UTC, 2026-10-25T01:30:00.000Z. So SQL need not convert
them. Where it does, let it answer text, as with strftime or date_format. A DATE is shown as it is. JSON has whole
numbers beyond 2^53 as text.`;
