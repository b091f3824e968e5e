/** Throws where the condition holds. */
export function refuse(condition: unknown, remedy: string): void {
  if (condition) throw new Error(remedy);
}
