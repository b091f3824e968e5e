/** Makes a format when it is needed first: that takes a while. */
function lazily(timeStyle: 'short' | 'medium'): (milliseconds: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (milliseconds) => {
    format ??= new Intl.DateTimeFormat(undefined, { timeStyle });
    return format.format(milliseconds);
  };
}

/** The time of day where the viewer is, to the minute. */
export const toMinute = lazily('short');

/** The time of day where the viewer is, to the second. */
export const toSecond = lazily('medium');
