import type { DoorAnswer, DoorCode } from '../domain/access/decide.ts';
import { decideDoor } from '../domain/access/decide.ts';
import { findCode, readBusinessDayEnd } from '../store/access-store.ts';
import type { Database } from '../store/database/database.ts';
import type { DoorPerformance } from '../store/door-performance-store.ts';
import { readDoorPerformances } from '../store/door-performance-store.ts';

export interface AccessCheck {
  answer: DoorAnswer;
  /** What is known of the code; null for an unknown one. */
  code: DoorCode | null;
}

interface House {
  database: Database;
  organisationId: number;
  clock: () => Date;
}

/** Doors are open long after a start: a performance stays in the list for so long. */
const OPEN_AFTER_START_MS = 12 * 3_600_000;

/** Performances of this evening and the next ones, each with what its door awaits. */
export async function readDoor(house: House, limit: number): Promise<DoorPerformance[]> {
  const from = new Date(house.clock().getTime() - OPEN_AFTER_START_MS);
  return await house.database.transaction(
    house.organisationId,
    (tx) => readDoorPerformances(tx, { from, limit }),
    { readOnly: true },
  );
}

/** Asks the door about a code, in one look-up. It lets nobody in: only a scan uses a code up. */
export async function checkAccess(
  house: House,
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
