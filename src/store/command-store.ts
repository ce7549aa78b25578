/**
 * Commands to resellers: stored with our reference before they leave, answered item by item.
 *
 * An item without a result, of a command that is done, was answered as asked: accepted (add) or
 * withdrawn (withdraw). Only other answers are written to items: nearly every item is answered as
 * asked, and a second write of each would cost as much as all the rest of an export.
 */
import type { ItemResult } from '../domain/contingent/answer.ts';
import type { Tx } from './database/transaction.ts';

export type CommandAction = 'add' | 'withdraw';

export interface NewCommand {
  id: number;
  reference: string;
  interfaceId: number;
  performanceId: number;
  contingentId: number;
  action: CommandAction;
  runId: number;
  storedAt: Date;
  /** The performance and the allotment in the reseller's words. */
  sent: SentWords;
  items: readonly CommandItem[];
}

export interface SentWords {
  performance: {
    product: string;
    performance: string | null;
    start: string | null;
    hall: string | null;
  };
  allotment: string;
}

/** A seat, or a count; `key` numbers it within its command. */
export interface CommandItem {
  key: number;
  seatId: number | null;
  counterId: number | null;
  seatCategoryId: number | null;
  quantity: number;
}

/** Stores commands and their items: the transaction must commit before the first one leaves. */
export async function storeCommands(tx: Tx, commands: readonly NewCommand[]): Promise<void> {
  if (commands.length === 0) return;
  const items = commands.flatMap((command) => command.items);
  await tx.execute(
    `with command as (
       insert into command (organisation_id, id, reference, interface_id, performance_id,
         contingent_id, action, state, run_id, item_count, sent, stored_at)
       select $1::int, id, reference, $2::bigint, $3::bigint, contingent_id, action, 'stored',
         $4::bigint, item_count, sent, $5::timestamptz
       from unnest($6::bigint[], $7::text[], $8::bigint[], $9::text[], $10::int[], $11::jsonb[])
         as t (id, reference, contingent_id, action, item_count, sent))
     insert into command_item (organisation_id, command_id, key, seat_id, counter_id,
       seat_category_id, quantity)
     select $1::int, t.* from unnest($12::bigint[], $13::int[], $14::bigint[], $15::bigint[],
       $16::bigint[], $17::int[]) as t`,
    [
      tx.organisationId,
      commands[0]?.interfaceId,
      commands[0]?.performanceId,
      commands[0]?.runId,
      commands[0]?.storedAt.toISOString(),
      commands.map((command) => command.id),
      commands.map((command) => command.reference),
      commands.map((command) => command.contingentId),
      commands.map((command) => command.action),
      commands.map((command) => command.items.length),
      commands.map((command) => JSON.stringify(command.sent)),
      commands.flatMap((command) => command.items.map(() => command.id)),
      items.map((item) => item.key),
      items.map((item) => item.seatId),
      items.map((item) => item.counterId),
      items.map((item) => item.seatCategoryId),
      items.map((item) => item.quantity),
    ],
  );
}

export interface OpenCommand {
  id: number;
  reference: string;
  interfaceId: number;
  performanceId: number;
  contingentId: number;
  action: CommandAction;
  runId: number;
  state: 'stored' | 'unknown';
  sent: SentWords;
}

/** Commands whose outcome nobody knows: of a killed run, or left unknown; the oldest first. */
export function openCommands(
  tx: Tx,
  interfaceId: number,
  performanceIds: readonly number[] | null,
): Promise<OpenCommand[]> {
  return tx.query<OpenCommand>(
    `select id, reference, interface_id as "interfaceId", performance_id as "performanceId",
            contingent_id as "contingentId", action, run_id as "runId", state, sent
     from command
     where organisation_id = $1 and interface_id = $2 and state in ('stored', 'unknown')
       and ($3::bigint[] is null or performance_id = any($3))
     order by id`,
    [tx.organisationId, interfaceId, performanceIds],
  );
}

/** The items of one command, in the order of their keys. */
export function readCommandItems(tx: Tx, commandId: number): Promise<CommandItem[]> {
  return tx.query<CommandItem>(
    `select key, seat_id as "seatId", counter_id as "counterId",
            seat_category_id as "seatCategoryId", quantity
     from command_item where organisation_id = $1 and command_id = $2 order by key`,
    [tx.organisationId, commandId],
  );
}

/** An item with its seat as it is now. */
export interface CommandSeat {
  key: number;
  seatId: number;
  /** Under which it was sent. */
  seatCategoryId: number;
  blockId: number;
  row: string;
  number: string;
  /** The row still asks for exactly what the command says. */
  isWanted: boolean;
}

/** The seats of one command, in the order of their keys. */
export function readCommandSeats(tx: Tx, command: OpenCommand): Promise<CommandSeat[]> {
  const isAdd = command.action === 'add';
  const wanted = isAdd
    ? 'pending = 1 and contingent_id = $3 and seat_category_id = i.seat_category_id'
    : 'pending in (2, 3) and interface_id = $5 and sent_contingent_id = $3';
  const params = [tx.organisationId, command.id, command.contingentId, command.performanceId];
  return tx.query<CommandSeat>(
    `select i.key, i.seat_id as "seatId", i.seat_category_id as "seatCategoryId",
            s.block_id as "blockId", s.row, s.number, ps.wanted as "isWanted"
     from command_item i
     cross join lateral (
       select block_id, row, number from seat s
       where s.organisation_id = $1 and s.id = i.seat_id offset 0) s
     cross join lateral (
       select ${wanted} as wanted from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $4 and ps.seat_id = i.seat_id
       offset 0) ps
     where i.organisation_id = $1 and i.command_id = $2 and i.seat_id is not null
     order by i.key`,
    isAdd ? params : [...params, command.interfaceId],
  );
}

export interface ItemOutcome {
  key: number;
  result: ItemResult;
  quantity: number;
  reason: string | null;
}

export interface CommandEnd {
  id: number;
  state: 'done' | 'refused' | 'unknown' | 'never_arrived';
  reason: string | null;
  at: Date;
  /** Items that were answered otherwise than asked. */
  exceptions: readonly ItemOutcome[];
}

/**
 * Writes what became of a command. Answers false when it had ended before (an attempt that slept
 * while another asked the reseller): then nothing of its answer may be applied.
 */
export async function endCommand(tx: Tx, end: CommandEnd): Promise<boolean> {
  // The case keeps the planner from walking through the index of open commands instead of the key.
  const touched = await tx.execute(
    `update command set state = $3, reason = $4, answered_at = $5
     where organisation_id = $1 and id = $2
       and case when state in ('stored', 'unknown') then true else false end`,
    [tx.organisationId, end.id, end.state, end.reason, end.at.toISOString()],
  );
  if (touched === 0) return false;
  if (end.exceptions.length > 0) {
    await tx.execute(
      `insert into command_item as i (organisation_id, command_id, key, quantity, result,
         result_quantity, reason)
       select $1::int, $2::bigint, t.key, 0, t.result, t.quantity, t.reason
       from unnest($3::int[], $4::text[], $5::int[], $6::text[])
         as t (key, result, quantity, reason)
       on conflict (organisation_id, command_id, key)
       do update set result = excluded.result, result_quantity = excluded.result_quantity,
         reason = excluded.reason`,
      [
        tx.organisationId,
        end.id,
        end.exceptions.map((item) => item.key),
        end.exceptions.map((item) => item.result),
        end.exceptions.map((item) => item.quantity),
        end.exceptions.map((item) => item.reason),
      ],
    );
  }
  return true;
}

/**
 * Of these seats, those that travel to a reseller at this moment, with its name: in a command
 * without a known outcome. The box office refuses to sell them (lock the seats first: an export
 * stores its command under the same locks).
 */
export function seatsInFlight(
  tx: Tx,
  performanceId: number,
  seatIds: readonly number[],
): Promise<{ seatId: number; interfaceId: number; reseller: string }[]> {
  return tx.query(
    `select distinct i.seat_id as "seatId", c.interface_id as "interfaceId", f.reseller
     from interface f
     join command c on c.organisation_id = f.organisation_id and c.interface_id = f.id
       and c.performance_id = $2 and c.state in ('stored', 'unknown')
     join command_item i on i.organisation_id = c.organisation_id and i.command_id = c.id
     where f.organisation_id = $1 and c.action = 'add' and i.seat_id = any($3)
     order by i.seat_id`,
    [tx.organisationId, performanceId, seatIds],
  );
}

/**
 * Counted places that travel to other resellers than this interface's at this moment, by counter
 * and contingent: their outcome is not known, so they may be gone. Lock the counters first.
 */
export function countsInFlightElsewhere(
  tx: Tx,
  performanceId: number,
  interfaceId: number,
): Promise<{ counterId: number; contingentId: number; quantity: number }[]> {
  return tx.query(
    `select i.counter_id as "counterId", c.contingent_id as "contingentId",
            sum(i.quantity)::int as quantity
     from interface f
     join command c on c.organisation_id = f.organisation_id and c.interface_id = f.id
       and c.performance_id = $2 and c.state in ('stored', 'unknown')
     join command_item i on i.organisation_id = c.organisation_id and i.command_id = c.id
     where f.organisation_id = $1 and f.id <> $3 and c.action = 'add'
       and i.counter_id is not null
     group by 1, 2`,
    [tx.organisationId, performanceId, interfaceId],
  );
}
