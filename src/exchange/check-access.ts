import type { DoorAnswer, DoorCode } from '../domain/access/decide.ts';
import { decideDoor } from '../domain/access/decide.ts';
import { findCode, readBusinessDayEnd } from '../store/access-store.ts';
import type { Database } from '../store/database/database.ts';

export interface AccessCheck {
  answer: DoorAnswer;
  /** What is known of the code; null for an unknown one. */
  code: DoorCode | null;
}

/** Asks the door about a code, in one look-up. It lets nobody in: only a scan uses a code up. */
export async function checkAccess(
  house: { database: Database; organisationId: number; clock: () => Date },
  request: { code: string; performanceId: number | null },
): Promise<AccessCheck> {
  const { code, businessDayEndsAt } = await house.database.transaction(
    house.organisationId,
    async (tx) => ({
      code: await findCode(tx, request.code),
      businessDayEndsAt: await readBusinessDayEnd(tx),
    }),
    { readOnly: true },
  );
  const at = house.clock().toISOString();
  const gate = { performanceId: request.performanceId, at, businessDayEndsAt };
  return { answer: decideDoor(code, gate), code };
}
