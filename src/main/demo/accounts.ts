/** The pending account: what the reseller owes for a month, pays, and reports too late. */
import { closePeriod } from '../../exchange/account/close-period.ts';
import { enterPayment } from '../../exchange/account/enter-entry.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import { AUTHOR } from './begin-demo.ts';
import { atSecond, CODES, startOf } from './first-day.ts';
import type { Story } from './story.ts';
import { inTx, run } from './story.ts';
import { money } from './tell.ts';

const ACCOUNT = 'FNAC';
const DOCUMENT = 'VIR-FNAC-1';

/** The reseller pays what the month came to. */
export async function receivePayment(story: Story): Promise<string[]> {
  await run(story, 'integrate', (context) => integrateSales(context));
  const account = await accountOf(story);
  const result = await enterPayment(story.services, {
    organisationId: story.beginning.organisationId,
    accountId: account.id,
    author: AUTHOR,
    amountMinor: account.monthMinor,
    document: DOCUMENT,
    day: story.clock.local(6, '').slice(0, 10),
    reason: null,
  });
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
  const { texts } = story;
  const [month, balance] = [account.monthMinor, result.balanceMinor].map((minor) =>
    money(texts, minor, 'EUR'),
  );
  return [texts.payment(month ?? '', DOCUMENT, balance ?? '')];
}

export async function closeMonth(story: Story): Promise<string[]> {
  const period = monthOf(story);
  const { id: accountId } = await accountOf(story);
  const { organisationId } = story.beginning;
  const reason = 'Décompte de la FNAC reçu et réglé';
  const request = { organisationId, accountId, period, author: AUTHOR, reason };
  const result = await closePeriod(story.services, request);
  if (result.outcome === 'refused' || result.outcome === 'warned') {
    throw new Error(JSON.stringify(result));
  }
  return [story.texts.closed(period)];
}

/** A sale of the month that was closed: it goes to the open one, and keeps its instant. */
export async function sellLate(story: Story): Promise<string[]> {
  story.switchboard.sell({
    product: CODES.chalk,
    start: startOf(story, 'CHALK3'),
    block: 'LIBRE',
    count: 2,
    tariff: '0',
    at: atSecond(story, 4, '20:45:00', 0),
    idempotencyKey: 'late',
  });
  await run(story, 'integrate', (context) => integrateSales(context));
  return [story.texts.late];
}

/** The month whose last days the story tells, `YYYY-MM`. */
function monthOf(story: Story): string {
  return story.clock.local(4, '').slice(0, 7);
}

/** The account, and what the month's operations come to. */
async function accountOf(story: Story): Promise<{ id: number; monthMinor: number }> {
  const [row] = await inTx(story, (tx) =>
    tx.query<{ id: number; monthMinor: number }>(
      `select a.id, coalesce(sum(e.amount_minor), 0)::bigint as "monthMinor"
       from pending_account a
       left join ledger_entry e on e.organisation_id = $1 and e.pending_account_id = a.id
         and e.period = $3 and e.kind in ('sale', 'refund', 'commission')
       where a.organisation_id = $1 and a.code = $2
       group by a.id`,
      [tx.organisationId, ACCOUNT, monthOf(story)],
    ),
  );
  if (row === undefined) throw new Error(`The house of the demo has an account ${ACCOUNT}.`);
  return row;
}
