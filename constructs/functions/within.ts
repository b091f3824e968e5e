/** Settles as the work does, or rejects after so many milliseconds; what is then still under way is given up. */
export async function within<Value>(
  milliseconds: number,
  work: PromiseLike<Value>,
  giveUp: () => unknown = () => undefined,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('Not done in time.', 'TimeoutError'));
      giveUp();
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
