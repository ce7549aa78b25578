/** Cases, and a few of the ways out that a person has. */
import type { Way } from '../../domain/cases/ways-out.ts';
import type { WaySaid } from '../../exchange/cases/case-request.ts';
import { makeReport } from '../../exchange/cases/report.ts';
import { settleCases } from '../../exchange/cases/settle-cases.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { AUTHOR } from './begin-demo.ts';
import { countQuarantine } from './books.ts';
import { atSecond, CODES, startOf, ticketsOf } from './first-day.ts';
import type { Story } from './story.ts';
import { inTx, interfaceId, run } from './story.ts';
import { ZONE } from './story-clock.ts';
import { toldIntegration } from './tell.ts';

/** A shop sells three seats that are another reseller's, and gives back more than was paid. */
export async function sellElsewhere(story: Story): Promise<string[]> {
  for (const seat of [20, 21, 22]) sellForeignSeat(story, seat);
  const [ticket = ''] = ticketsOf(story, 'EXT2.C.4');
  story.switchboard.cancel({
    ticket,
    givenBack: '36.80',
    at: atSecond(story, 3, '14:10:00', 0),
    idempotencyKey: 'ways.cancel',
  });
  const counts = await run(story, 'integrate', (context) => integrateSales(context));
  const told = toldIntegration(story.texts, counts);
  return [story.texts.foreignSeats(told, await countQuarantine(story))];
}

/** Each case by another way out; every one with its reason, which stays in the journal. */
export async function settleByHand(story: Story): Promise<string[]> {
  const [seat20 = ''] = sellForeignSeat(story, 20);
  const [seat21 = ''] = sellForeignSeat(story, 21);
  const [seat22 = ''] = sellForeignSeat(story, 22);
  const [tooMuch = ''] = ticketsOf(story, 'EXT2.C.4');
  const [odd = ''] = ticketsOf(story, 'EXT1.B.0');
  const former = await casesOf(story, 'price.differs');
  const seat = 'THEATRE/1F/C/N/39';
  await settle(story, seat20, 'another_seat', 'La réserve de la maison est libre', { seat });
  await settle(story, seat21, 'overbook', 'Le régisseur ajoute une chaise');
  await settle(story, seat22, 'report', 'La FNAC doit annuler cette vente');
  await settle(story, tooMuch, 'accept', 'Geste commercial de la FNAC, accepté');
  await settle(story, odd, 'keep_ours', "La FNAC l'a corrigée par une autre opération");
  for (const ticket of former) {
    await settle(story, ticket, 'accept', 'Affiches pas encore changées : accepté une fois');
  }
  const { settled, inQuarantine } = story.texts;
  const letter = await reportToReseller(story);
  return [...settled, ...letter, inQuarantine(await countQuarantine(story))];
}

/** What was reported is closed by the reseller's own message, and by nobody here. */
export async function cancelReported(story: Story): Promise<string[]> {
  const [ticket = ''] = sellForeignSeat(story, 22);
  const at = atSecond(story, 3, '16:00:00', 0);
  story.switchboard.cancel({ ticket, at, idempotencyKey: 'ways.reported' });
  await run(story, 'integrate', (context) => integrateSales(context));
  const { reported, inQuarantine } = story.texts;
  return [reported, inQuarantine(await countQuarantine(story))];
}

/** What was reported goes into one letter; made once, whatever was broken off. */
async function reportToReseller(story: Story): Promise<string[]> {
  const { language } = story.texts;
  const { organisationId } = story.beginning;
  const who = { organisationId, interfaceId: await interfaceId(story), author: AUTHOR };
  const report = await makeReport(story.services, { ...who, language, timeZone: ZONE });
  if (report.outcome === 'empty') return [];
  const to = report.to.map(({ mail }) => mail).join(', ');
  return [story.texts.reportReady(report.subject, to)];
}

/** A seat of block 1F/B, which is not in the reseller's hands. */
function sellForeignSeat(story: Story, seat: number): readonly string[] {
  return story.switchboard.sell({
    product: CODES.theatre,
    start: startOf(story, 'EXT1'),
    places: [{ block: '1FB', row: 'G', seat: String(seat) }],
    tariff: '0',
    force: true,
    at: atSecond(story, 3, '14:00:00', seat),
    idempotencyKey: `ways.seat.${seat}`,
  }).tickets;
}

/** Throws when a case neither is settled nor waits for the reseller. */
async function settle(
  story: Story,
  ticket: string,
  way: Way,
  reason: string,
  said: WaySaid = {},
): Promise<void> {
  const ids = await rootsOf(story, ticket, way);
  const { organisationId } = story.beginning;
  const who = { organisationId, author: AUTHOR, manager: true };
  const request = { ...who, choice: { ids }, way, reason, said };
  const result = await settleCases(story.services, request);
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.refusal));
  const refused = result.answers.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) throw new Error(`${ticket}: ${JSON.stringify(refused)}`);
}

/** Open cases of a ticket; of a step that was broken off also those that it has settled. */
async function rootsOf(story: Story, ticket: string, way: Way): Promise<number[]> {
  const rows = await inTx(story, (tx) =>
    tx.query<{ id: number }>(
      `select message_id as id from quarantine
       where organisation_id = $1 and ticket = $2 and root_message_id is null
         and (settled_at is null or decided_way = $3)
       order by message_id`,
      [tx.organisationId, ticket, way],
    ),
  );
  return rows.map(({ id }) => id);
}

/** Tickets of the open cases with a problem. */
async function casesOf(story: Story, code: string): Promise<string[]> {
  const rows = await inTx(story, (tx) =>
    tx.query<{ ticket: string }>(
      `select ticket from quarantine
       where organisation_id = $1 and settled_at is null and root_message_id is null
         and problems @> jsonb_build_array(jsonb_build_object('code', $2::text))
       order by message_id`,
      [tx.organisationId, code],
    ),
  );
  return rows.map(({ ticket }) => ticket);
}
