/** Keeps the adapter until the answer is unsubscribed from. */
export type Hold = () => { unsubscribe(): void };
