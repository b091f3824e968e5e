/** Refuses what is no time zone. */
export function checkTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Error(
      `timeZone must be the IANA name of a time zone, such as Europe/Berlin; "${timeZone}" is none.`,
    );
  }
}
