/** A performance is cancelled: its unsold places come back, its buyers get their money there. */
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { cancelPerformance } from '../../exchange/performance/cancel-performance.ts';
import { takeBack } from '../../exchange/take-back.ts';
import { AUTHOR } from './begin-demo.ts';
import { atSecond, startOf } from './first-day.ts';
import type { Story } from './story.ts';
import { inTx, performanceIds, run } from './story.ts';
import { wrapped } from './texts/words.ts';

const SHOW = 'ECHECS2';

export async function cancelShow(story: Story): Promise<string[]> {
  const [performanceId = 0] = await performanceIds(story, [SHOW]);
  const result = await cancelPerformance(story.services, {
    organisationId: story.beginning.organisationId,
    performanceId,
    by: AUTHOR,
    reason: "L'arbitre est souffrant",
    language: story.texts.language,
  });
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
  await takeBackAll(story, performanceId);
  const letter = result.letters.find((one) => one.interface === 'MOSA-FNAC');
  const lines =
    letter?.text
      .split('\n')
      .filter((line) => line !== '')
      .slice(0, LETTER_LINES) ?? [];
  const { texts } = story;
  const to = letter?.to.map(({ mail }) => mail).join(', ') ?? '';
  return [
    texts.cancelledShow(letter?.tickets.length ?? 0),
    ...texts.letter(to, letter?.subject ?? '').flatMap(quoted),
    ...lines.flatMap(quoted),
    ...quoted('[…]'),
  ];
}

const LETTER_LINES = 9;

/** A line of the letter, set off from what the story says. */
const quoted = (line: string): string[] => wrapped(line, 88).map((part) => `| ${part}`);

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
  return [story.texts.refundedShow(left)];
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
