/**
 * Marking tickets as tests afterwards, or lifting the mark: the manager's, with a reason. Ledger
 * and code follow in the same transaction; the place stays taken until the reseller cancels it.
 * Locks: the reseller's account, tickets by key, their codes, pending accounts last.
 */
import type { EntrySum } from '../../domain/order/mark-test.ts';
import { codeOfMark, entriesOfMark } from '../../domain/order/mark-test.ts';
import { lockAccount, writeEntries } from '../../store/account-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface, readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { holdOffBatches } from '../../store/lease-store.ts';
import type { LockedTicket } from '../../store/test-store.ts';
import {
  lockTestTickets,
  lockTicketCodes,
  readOperations,
  readTicketEntries,
  writeTestCodes,
  writeTestMarks,
} from '../../store/test-store.ts';
import { inStockTransaction } from '../stock-session.ts';

export interface MarkTestsRequest {
  organisationId: number;
  interfaceId: number;
  /** The reseller's ticket numbers. */
  tickets: readonly string[];
  /** True marks them as tests, false lifts the mark. */
  isTest: boolean;
  /** A manager. */
  author: string;
  reason: string;
}

export interface MarkTestsResult {
  marked: string[];
  /** They were so already. */
  unchanged: string[];
  unknown: string[];
  /** What the ledger gained (or lost), in minor units of the accounts' currency. */
  amountMinor: number;
  currency: string | null;
}

interface Services {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

export async function markTests(
  services: Services,
  request: MarkTestsRequest,
): Promise<MarkTestsResult> {
  const result: MarkTestsResult = {
    marked: [],
    unchanged: [],
    unknown: [],
    amountMinor: 0,
    currency: null,
  };
  const numbers = [...new Set(request.tickets)];
  const size = services.database.batchSize;
  for (let from = 0; from < numbers.length; from += size) {
    const part = numbers.slice(from, from + size);
    const answer = await inStockTransaction(services, request.organisationId, (tx) =>
      markBatch(tx, services, request, part),
    );
    result.marked.push(...answer.marked);
    result.unchanged.push(...answer.unchanged);
    result.unknown.push(...answer.unknown);
    result.amountMinor += answer.amountMinor;
    result.currency = answer.currency ?? result.currency;
  }
  return result;
}

async function markBatch(
  tx: Tx,
  { ids, clock }: Services,
  request: MarkTestsRequest,
  numbers: readonly string[],
): Promise<MarkTestsResult> {
  const record = await findInterface(tx, request.interfaceId);
  if (record === null) throw new Error(`There is no interface ${request.interfaceId}.`);
  await holdOffBatches(tx, record.resellerAccountId);
  const found = await lockTestTickets(tx, record.resellerAccountId, numbers);
  const known = new Set(found.map(({ number }) => number));
  const tickets = found.filter((ticket) => ticket.isTest !== request.isTest);
  const same = found.filter((ticket) => ticket.isTest === request.isTest);
  const answer: MarkTestsResult = {
    marked: tickets.map(({ number }) => number),
    unchanged: same.map(({ number }) => number),
    unknown: numbers.filter((number) => !known.has(number)),
    amountMinor: 0,
    currency: tickets[0]?.currency ?? null,
  };
  if (tickets.length === 0) return answer;
  const at = clock();
  const entries = await entriesOf(tx, tickets, request.isTest, record);
  await writeMarks(tx, ids, tickets, entries, request, at);
  await writeCodes(tx, tickets, request.isTest, at);
  answer.amountMinor = await book(tx, ids, tickets, entries, { request, at });
  const [journalId = 0] = await ids.take(1, tx);
  await writeJournal(tx, [
    {
      id: journalId,
      at,
      author: request.author,
      action: request.isTest ? 'test.marked' : 'test.lifted',
      subject: `interface ${record.code}`,
      after: { tickets: answer.marked, amountMinor: answer.amountMinor },
      reason: request.reason,
    },
  ]);
  return answer;
}

type Entries = ReadonlyMap<number, readonly EntrySum[]>;

async function entriesOf(
  tx: Tx,
  tickets: readonly LockedTicket[],
  isTest: boolean,
  { accountOpenedAt }: InterfaceRecord,
): Promise<Entries> {
  const ticketIds = tickets.map(({ id }) => id);
  const operations = Map.groupBy(await readOperations(tx, ticketIds), (one) => one.ticketId);
  const entries = Map.groupBy(await readTicketEntries(tx, ticketIds), (one) => one.ticketId);
  return new Map(
    tickets.map((ticket) => {
      const money = {
        ...ticket,
        operations: operations.get(ticket.id) ?? [],
        entries: entries.get(ticket.id) ?? [],
      };
      return [ticket.id, entriesOfMark(money, isTest, accountOpenedAt)];
    }),
  );
}

async function writeMarks(
  tx: Tx,
  ids: IdSource,
  tickets: readonly LockedTicket[],
  entries: Entries,
  { isTest, author, reason }: MarkTestsRequest,
  at: Date,
): Promise<void> {
  const operationIds = await ids.take(tickets.length, tx);
  const marks = tickets.map(({ id, currency }, index) => {
    const own = entries.get(id) ?? [];
    const sum = (kinds: readonly EntrySum[]) =>
      kinds.reduce((all, one) => all + one.amountMinor, 0);
    return {
      operationId: operationIds[index] ?? 0,
      ticketId: id,
      amountMinor: sum(own.filter(({ kind }) => kind !== 'commission')),
      commissionMinor: 0 - sum(own.filter(({ kind }) => kind === 'commission')),
      currency,
    };
  });
  await writeTestMarks(tx, marks, { isTest, at: at.toISOString(), author, reason });
}

async function writeCodes(
  tx: Tx,
  tickets: readonly LockedTicket[],
  isTest: boolean,
  at: Date,
): Promise<void> {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const locked = await lockTicketCodes(tx, [...byId.keys()]);
  const changed = locked.flatMap(({ code, state, ticketId }) => {
    const ticket = byId.get(ticketId);
    const next = ticket === undefined ? null : codeOfMark(state, ticket, isTest);
    return next === null ? [] : [{ code, ...next }];
  });
  await writeTestCodes(tx, changed, at.toISOString());
}

/** Answers by how much the balance changed. */
async function book(
  tx: Tx,
  ids: IdSource,
  tickets: readonly LockedTicket[],
  entries: Entries,
  { request, at }: { request: MarkTestsRequest; at: Date },
): Promise<number> {
  const { timeZone } = await readOrganisation(tx);
  const byAccount = Map.groupBy(tickets, (ticket) => ticket.pendingAccountId);
  let amountMinor = 0;
  for (const accountId of [...byAccount.keys()].sort((a, b) => a - b)) {
    const own = (byAccount.get(accountId) ?? []).flatMap(({ id, performanceId }) =>
      (entries.get(id) ?? []).map((entry) => ({ ...entry, ticketId: id, performanceId })),
    );
    if (own.length === 0) continue;
    const account = await lockAccount(tx, accountId);
    const entryIds = await ids.take(own.length, tx);
    await writeEntries(tx, account, own, {
      timeZone,
      at: at.toISOString(),
      author: request.author,
      interfaceId: request.interfaceId,
      runId: null,
      nextId: () => entryIds.shift() ?? 0,
      byHand: true,
    });
    amountMinor += own.reduce((sum, one) => sum + one.amountMinor, 0);
  }
  return amountMinor;
}
