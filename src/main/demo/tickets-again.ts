/** A duplicate and a refund in part: what becomes of a ticket that stays. */
import { checkAccess } from '../../exchange/check-access.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { DOOR_TEXTS } from '../../runs/door-texts.ts';
import { atSecond, ticketsOf } from './first-day.ts';
import type { Story } from './story.ts';
import { inTx, performanceIds, run } from './story.ts';

const ON_THEATRE = 'EXT2';

/** A buyer lost the ticket: the reseller prints another, and only that one opens the door. */
export async function duplicateTicket(story: Story): Promise<string[]> {
  const [ticket = ''] = ticketsOf(story, 'EXT2.C.1');
  const at = atSecond(story, 2, '09:30:00', 0);
  story.switchboard.duplicate({ ticket, at, idempotencyKey: 'again.duplicate' });
  await run(story, 'integrate', (context) => integrateSales(context));
  const doors = await doorsOf(story, ticket);
  const told = doors.map(({ code, text }) => story.texts.atTheDoor(code, text));
  return [story.texts.duplicate(ticket), ...told];
}

/** A part of the price is given back: the ticket, its seat and its code stay. */
export async function refundPart(story: Story): Promise<string[]> {
  const [ticket = ''] = ticketsOf(story, 'EXT2.D.1');
  const at = atSecond(story, 2, '09:50:00', 0);
  const idempotencyKey = 'again.refund';
  story.switchboard.refund({ ticket, amount: '7.00', at, idempotencyKey });
  await run(story, 'integrate', (context) => integrateSales(context));
  const doors = await doorsOf(story, ticket);
  const answers = doors.map(({ text }) => text).join(', ');
  return [story.texts.partlyRefunded(ticket, answers)];
}

/** What the door says of each code that a ticket ever had, the one that opens last. */
async function doorsOf(story: Story, ticket: string): Promise<{ code: string; text: string }[]> {
  const [performanceId = null] = await performanceIds(story, [ON_THEATRE]);
  const codes = await inTx(story, (tx) =>
    tx.query<{ code: string }>(
      `select c.code from access_code c
       join ticket t on t.organisation_id = c.organisation_id and t.id = c.ticket_id
       where c.organisation_id = $1 and t.number = $2 order by c.state, c.code`,
      [tx.organisationId, ticket],
    ),
  );
  const { database, clock } = story.services;
  const door = { database, clock, organisationId: story.beginning.organisationId };
  const told: { code: string; text: string }[] = [];
  for (const { code } of codes) {
    const { answer } = await checkAccess(door, { code, performanceId });
    const key = answer.open ? (answer.provisional ? 'provisional' : 'open') : answer.reason;
    told.push({ code, text: DOOR_TEXTS[story.texts.language][key] });
  }
  return told;
}
