/** A performance is cancelled: its unsold places come back, its buyers get their money there. */
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { cancelPerformance } from '../../exchange/performance/cancel-performance.ts';
import { takeBack } from '../../exchange/take-back.ts';
import { AUTHOR } from './begin-demo.ts';
import { atSecond, startOf } from './first-day.ts';
import type { Story } from './story.ts';
import { inTx, performanceIds, run } from './story.ts';

const SHOW = 'ECHECS2';

export async function cancelShow(story: Story): Promise<string[]> {
  const [performanceId = 0] = await performanceIds(story, [SHOW]);
  const result = await cancelPerformance(story.services, {
    organisationId: story.beginning.organisationId,
    performanceId,
    by: AUTHOR,
    reason: "L'arbitre est souffrant",
  });
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
  await takeBackAll(story, performanceId);
  const letter = result.letters.find((one) => one.interface === 'MOSA-FNAC');
  const lines = letter?.text.split('\n').slice(0, LETTER_LINES) ?? [];
  return [
    `Le second jour du tournoi d'échecs est annulé. La FNAC rend ce qu'elle n'a pas vendu ; ses`,
    `${letter?.tickets.length ?? 0} billets sont à rembourser par elle, qui seule connaît les acheteurs.`,
    'Leurs codes sont fermés. La lettre est prête, avec la liste :',
    `  À : ${letter?.to.map(({ mail }) => mail).join(', ') ?? ''}`,
    `  Objet : ${letter?.subject ?? ''}`,
    ...lines.map((line) => `  ${line}`),
    '  […]',
  ];
}

const LETTER_LINES = 8;

/** The reseller refunds, ticket by ticket; the last one clears the list. */
export async function refundShow(story: Story): Promise<string[]> {
  const start = startOf(story, SHOW);
  const { tickets } = story.switchboard.state({ tickets: true });
  const sold = tickets.filter((one) => one.start === start && one.state === 'living');
  for (const [index, { ticket }] of sold.entries()) {
    const at = atSecond(story, 4, '14:00:00', index * 20);
    story.switchboard.cancel({ ticket, at, idempotencyKey: `show.${ticket}` });
  }
  await run(story, 'integrate', (context) => integrateSales(context));
  const [performanceId = 0] = await performanceIds(story, [SHOW]);
  await takeBackAll(story, performanceId);
  const left = await countToBeRefunded(story, performanceId);
  return [
    `La FNAC rembourse ses acheteurs, et le dit : il reste ${left} billet à rembourser. Les places`,
    'qu’elle retrouve ainsi lui sont reprises aussi.',
  ];
}

async function takeBackAll(story: Story, performanceId: number): Promise<void> {
  const request = { performanceIds: [performanceId] };
  await run(story, 'take_back', (context) => takeBack(context, request));
}

async function countToBeRefunded(story: Story, performanceId: number): Promise<number> {
  const [row] = await inTx(story, (tx) =>
    tx.query<{ count: number }>(
      `select count(*)::int as count from ticket
       where organisation_id = $1 and performance_id = $2 and to_be_refunded and state = 'valid'`,
      [tx.organisationId, performanceId],
    ),
  );
  return row?.count ?? 0;
}
