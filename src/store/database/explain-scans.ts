/**
 * Shows which tables a statement would read as a whole. A batch that scans a table, or every row
 * of a tenant, is fast in a test and stops a house in its third season; tests fail on it.
 */
import type { Tx } from './transaction.ts';

export interface WholeScan {
  readonly table: string;
  /** `sequential`: the whole table. `prefix`: every entry of an index below the tenant. */
  readonly kind: 'sequential' | 'prefix';
  readonly index: string | null;
  readonly condition: string | null;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

const TENANT_COLUMN = 'organisation_id';

/**
 * Plans the statement (without running it) and returns its whole scans. Sequential scans are made
 * expensive first: a young table has too few rows for its plan to mean anything, so what remains
 * sequential is what no index can serve.
 */
export async function explainScans(
  tx: Tx,
  text: string,
  params: readonly unknown[] = [],
): Promise<WholeScan[]> {
  const [setting] = await tx.query<{ before: string }>(
    `select current_setting('enable_seqscan') as before`,
  );
  await tx.script('set local enable_seqscan = off');
  const rows = await tx.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `explain (format json) ${text}`,
    params,
  );
  await tx.script(`set local enable_seqscan = ${setting?.before === 'off' ? 'off' : 'on'}`);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  return plan === undefined ? [] : wholeScans(plan);
}

function wholeScans(node: PlanNode): WholeScan[] {
  const below = (node.Plans ?? []).flatMap((child) => wholeScans(child));
  const own = wholeScan(node);
  return own === null ? below : [own, ...below];
}

function wholeScan(node: PlanNode): WholeScan | null {
  const type = node['Node Type'];
  const table = node['Relation Name'] ?? '';
  if (type === 'Seq Scan') return { table, kind: 'sequential', index: null, condition: null };
  if (!type.includes('Index')) return null;
  const index = node['Index Name'] ?? '';
  const condition = node['Index Cond'] ?? null;
  if (condition !== null && narrowsBelowTenant(condition)) return null;
  return { table: table || index, kind: 'prefix', index, condition };
}

/** Of `((organisation_id = $0) AND (id = t.id))` at least one part must not be the tenant's. */
function narrowsBelowTenant(condition: string): boolean {
  return condition
    .split(' AND ')
    .some((part) => !part.replace(/^[( ]+/, '').startsWith(`${TENANT_COLUMN} `));
}
