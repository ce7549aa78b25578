/** A reseller's answers, item by item, applied to the books in one transaction. */
import type { ItemAnswer } from '../channels/contract/stock.ts';
import type { SortedAnswers } from '../domain/contingent/answer.ts';
import type { AnswerScope, ReturnedSeat } from '../store/allotment-store.ts';
import { joinAllotment, leaveAllotment, noteRefusals } from '../store/allotment-store.ts';
import { endCommand } from '../store/command-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { bumpOffers } from '../store/offer-store.ts';
import { holdPerformances, wishAllBack } from '../store/performance-store.ts';
import { applyQuotaAnswers } from '../store/quota-store.ts';
import type { PreparedCommand, SentItem, Tally } from './stock-commands.ts';
import type { PerformanceStock } from './stock-session.ts';
import { inStockTransaction, seatName } from './stock-session.ts';

type Answers = SortedAnswers<ItemAnswer>;
interface CommandState {
  state: 'done' | 'refused';
  reason: string | null;
}

/**
 * Applies what the reseller answered and ends the command, in one transaction; then tells of it.
 * An answer to a command that ended before changes nothing.
 */
export async function applyAnswers(
  stock: PerformanceStock,
  prepared: PreparedCommand,
  answers: Answers,
  { state, reason }: CommandState = { state: 'done', reason: null },
): Promise<Tally> {
  const { context } = stock.session;
  const { command } = prepared;
  const at = context.clock();
  const itemByKey = new Map(prepared.items.map((item) => [item.key, item]));
  const isApplied = await inStockTransaction(context, context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    const [performance] = await holdPerformances(tx, [command.performanceId]);
    const end = { id: command.id, state, reason, at, exceptions: answers.exceptions };
    if (!(await endCommand(tx, end))) return false;
    const { interfaceId, performanceId, contingentId } = command;
    const scope = { interfaceId, performanceId, contingentId, runId: context.run.id, at };
    await applyToSeats(tx, stock, command.action, scope, answers, itemByKey);
    await applyToCounts(tx, stock, command.action, scope, answers, itemByKey);
    const isLate = command.action === 'add' && performance?.state === 'cancelled';
    if (isLate) await askBackAtOnce(tx, scope, context.run.startedBy);
    return true;
  });
  if (!isApplied) return { effective: 0, refused: 0, sold: 0 };
  return tellAnswers(stock, prepared, answers, itemByKey);
}

/** Cancelled while the command travelled: what the reseller took is asked back like the rest. */
async function askBackAtOnce(tx: Tx, scope: AnswerScope, by: string): Promise<void> {
  const { performanceId, interfaceId, at } = scope;
  await wishAllBack(tx, { performanceId, interfaceId, by, at, alsoSold: true });
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds: [interfaceId] }]);
}

async function applyToSeats(
  tx: Tx,
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  scope: AnswerScope,
  answers: Answers,
  itemByKey: ReadonlyMap<number, SentItem>,
): Promise<void> {
  const { ids } = stock.session.context;
  const seats = (list: readonly ItemAnswer[]) =>
    list
      .flatMap(({ key, reason }) => {
        const item = itemByKey.get(key);
        if (item === undefined || item.seatId === null || item.seatCategoryId === null) return [];
        return [{ seatId: item.seatId, seatCategoryId: item.seatCategoryId, reason }];
      })
      .sort((a, b) => a.seatId - b.seatId);
  if (action === 'add') {
    await joinAllotment(tx, ids, scope, seats(answers.effective));
    await noteRefusals(tx, scope, seats(answers.refused));
    return;
  }
  const back = seats(answers.effective).map((seat) => seat.seatId);
  const returned = await leaveAllotment(tx, ids, scope, back);
  await raiseOffersOf(tx, stock, returned);
}

/**
 * What comes back is another reseller's to take where its target says so. This interface's own
 * export looks again in the same run; a take-back by hand sends nothing, so its offer rises too.
 */
async function raiseOffersOf(
  tx: Tx,
  stock: PerformanceStock,
  returned: readonly ReturnedSeat[],
): Promise<void> {
  const contingentIds = returned.map((seat) => seat.contingentId);
  const change = { performanceId: stock.performance.id, contingentIds };
  await bumpOffers(tx, [change], stock.sendsAfterwards ? stock.session.context.interface.id : null);
}

async function applyToCounts(
  tx: Tx,
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  scope: AnswerScope,
  answers: Answers,
  itemByKey: ReadonlyMap<number, SentItem>,
): Promise<void> {
  const counts = [...answers.effective, ...answers.sold, ...answers.refused].flatMap((answer) => {
    const item = itemByKey.get(answer.key);
    if (item === undefined || item.counterId === null) return [];
    const quantity = Math.max(0, Math.min(answer.quantity, item.quantity));
    const fewer = quantity < item.quantity;
    return [
      {
        counterId: item.counterId,
        contingentId: scope.contingentId,
        quantity,
        refusedReason: fewer ? (answer.reason ?? '') : null,
      },
    ];
  });
  if (counts.length === 0) return;
  await applyQuotaAnswers(tx, stock.session.context.ids, scope, action, counts);
}

function tellAnswers(
  stock: PerformanceStock,
  { command, items }: PreparedCommand,
  answers: Answers,
  itemByKey: ReadonlyMap<number, SentItem>,
): Tally {
  const { log } = stock.session.context;
  const params = { performance: stock.name };
  for (const { key, reason } of answers.refused) {
    const seat = itemName(stock, itemByKey.get(key));
    log.line('error', 'external.seat_refused', {
      params: { ...params, seat, reason },
      keys: { seat },
    });
  }
  for (const { key } of answers.sold) {
    const item = itemByKey.get(key);
    // For counts "sold" only says why fewer came back.
    if (item?.place === null) continue;
    const seat = itemName(stock, item);
    log.line('warning', 'seat.sold_missing_here', {
      params: { ...params, seat, ticket: null },
      keys: { seat },
    });
  }
  const isCount = items.some((item) => item.counterId !== null);
  const moved = [...answers.effective, ...answers.sold, ...answers.refused].reduce(
    (sum, answer) => sum + answer.quantity,
    0,
  );
  const tally = {
    effective: isCount ? moved : answers.effective.length,
    refused: answers.refused.length,
    sold: answers.sold.length,
  };
  log.count(command.action === 'add' ? 'exported' : 'taken_back', tally.effective);
  if (tally.refused > 0) log.count('refused', tally.refused);
  if (tally.sold > 0) log.count('sold_missing_here', tally.sold);
  return tally;
}

function itemName(stock: PerformanceStock, item: SentItem | undefined): string {
  if (item?.place) return seatName(stock.session, item.place);
  const { catalogue } = stock.session;
  const zone = catalogue.zonesByConfiguration
    .get(stock.performance.logicalConfigurationId)
    ?.find((one) => one.seatCategoryId === item?.seatCategoryId);
  return zone === undefined ? '?' : `${zone.layoutCode}/${zone.areaCode}`;
}
