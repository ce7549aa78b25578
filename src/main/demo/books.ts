/** What the story looks up in the books. */
import type { Story } from './story.ts';
import { inTx, interfaceId } from './story.ts';

/** Whether the reseller was ever told of a place. */
export async function hasCommands(story: Story): Promise<boolean> {
  const rows = await inTx(story, (tx) =>
    tx.query('select 1 from command where organisation_id = $1 limit 1', [tx.organisationId]),
  );
  return rows.length > 0;
}

export async function contingentId(story: Story, code: string): Promise<number> {
  const [row] = await inTx(story, (tx) =>
    tx.query<{ id: number }>('select id from contingent where organisation_id = $1 and code = $2', [
      tx.organisationId,
      code,
    ]),
  );
  if (row === undefined) throw new Error(`The house of the demo has a contingent ${code}.`);
  return row.id;
}

export interface Quarantine {
  /** Cases that wait for a person or for the reseller. */
  roots: number;
  /** Messages in quarantine: the roots and what waits behind them. */
  messages: number;
}

export async function countQuarantine(story: Story): Promise<Quarantine> {
  const [row] = await inTx(story, (tx) =>
    tx.query<Quarantine>(
      `select count(*) filter (where root_message_id is null)::int as roots,
              count(*)::int as messages
       from quarantine where organisation_id = $1 and settled_at is null`,
      [tx.organisationId],
    ),
  );
  return row ?? { roots: 0, messages: 0 };
}

export interface Differences {
  missingHere: number;
  missingThere: number;
  different: number;
}

/** Of the last reconciliation of each performance, of one interface or (null) of all. */
export async function openDifferences(story: Story, code: string | null): Promise<Differences> {
  const id = code === null ? null : await interfaceId(story, code);
  const [row] = await inTx(story, (tx) =>
    tx.query<Differences>(
      `with last as (
         select distinct on (performance_id, product_id) id from reconciliation
         where organisation_id = $1 and ($2::bigint is null or interface_id = $2)
         order by performance_id, product_id, at desc, id desc)
       select count(*) filter (where l.kind = 'missing_here')::int as "missingHere",
              count(*) filter (where l.kind = 'missing_there')::int as "missingThere",
              count(*) filter (where l.kind = 'different')::int as different
       from reconciliation_line l
       join last on last.id = l.reconciliation_id
       where l.organisation_id = $1 and l.settled_at is null`,
      [tx.organisationId, id],
    ),
  );
  return row ?? { missingHere: 0, missingThere: 0, different: 0 };
}

/** The interface's last comparison with the reseller's list. */
export async function lastReconciliation(story: Story, code: string): Promise<number> {
  const id = await interfaceId(story, code);
  const [row] = await inTx(story, (tx) =>
    tx.query<{ id: number }>(
      `select id from reconciliation where organisation_id = $1 and interface_id = $2
       order by at desc, id desc limit 1`,
      [tx.organisationId, id],
    ),
  );
  if (row === undefined) throw new Error(`Nothing was reconciled with ${code} yet.`);
  return row.id;
}
