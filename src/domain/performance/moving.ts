/** Another start for a performance: what of it can mislead the messages that name a start. */

export interface Sibling {
  id: number;
  code: string;
  localStart: string;
  /** Former local starts. */
  aliases: readonly string[];
  logicalConfigurationId: number;
}

export type MoveDoubt =
  /** Both would start together in one hall: no message could tell them apart. */
  | { code: 'start_taken'; params: { performance: string; start: string } }
  /** Late messages for the other, which started then, would find this one. */
  | { code: 'start_was_others'; params: { performance: string; start: string } };

/**
 * @param siblings the product's performances, the one that moves left out.
 * @param to local start `YYYY-MM-DDTHH:MM` and hall after the move.
 */
export function doubtsOfMove(
  siblings: readonly Sibling[],
  to: { localStart: string; logicalConfigurationId: number },
): MoveDoubt[] {
  const start = to.localStart;
  return siblings.flatMap((other): MoveDoubt[] => {
    const params = { performance: other.code, start };
    if (other.localStart === start) {
      const sameHall = other.logicalConfigurationId === to.logicalConfigurationId;
      return sameHall ? [{ code: 'start_taken', params }] : [];
    }
    return other.aliases.includes(start) ? [{ code: 'start_was_others', params }] : [];
  });
}
