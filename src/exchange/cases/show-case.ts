/** One case in full: in the reseller's words and in ours, its ways out and what each would do. */
import type { WayOut } from '../../domain/cases/ways-out.ts';
import { waysOut } from '../../domain/cases/ways-out.ts';
import type { ResolvedPlace } from '../../domain/order/resolve.ts';
import type { CaseDetail, CaseRecord, JournalLine } from '../../store/case-list-store.ts';
import { listCaseRows, readCases, readTrace } from '../../store/case-list-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface, withoutSecrets } from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';
import { KnowledgeCache } from '../exchange-terms.ts';
import type { CaseRefusal } from './case-request.ts';
import type { CaseEffect } from './effect.ts';
import { foretell } from './foretell.ts';
import { subjectOf } from './way-context.ts';

/** The reseller's words as our objects, as far as they are known. */
export interface OurWords {
  product: string | null;
  performance: string | null;
  /** `Audience/Code`. */
  tariff: string | null;
  category: string | null;
  contingents: readonly string[];
  place: ResolvedPlace['type'] | null;
}

export interface ShownWay extends WayOut {
  /** What it would do; null where something has to be said first, or it cannot be done. */
  effect: CaseEffect | null;
  /** Whether the case would be settled by it. */
  ends: WayOut['ends'];
  settlesAll: boolean | null;
  refusal: CaseRefusal | null;
}

export interface ShownCase {
  case: CaseDetail;
  ours: OurWords;
  ways: readonly ShownWay[];
  /** The first of those that wait for it; `case.followers` says how many there are. */
  followers: readonly CaseRecord[];
  trace: readonly JournalLine[];
}

const FOLLOWERS_SHOWN = 50;

/** Null when there is no such case. `foretold: false` leaves the effects out. */
export async function showCase(
  services: ExchangeServices,
  request: { organisationId: number; id: number; author: string; foretold?: boolean },
): Promise<ShownCase | null> {
  const { organisationId, id } = request;
  const found = await services.database.transaction(organisationId, (tx) =>
    readCase(tx, services, id),
  );
  if (found === null) return null;
  const { row } = found;
  const codes = row.problems.map(({ code }) => code);
  const ways = row.settledAt === null ? waysOut(codes, row.kind) : [];
  const shown: ShownWay[] = [];
  for (const way of ways) {
    const told = request.foretold === false || way.needs.length > 0;
    shown.push(told ? untold(way) : await foretold(services, request, way));
  }
  const { ours, followers, trace } = found;
  return { case: row, ours, ways: shown, followers, trace };
}

function untold(way: WayOut): ShownWay {
  return { ...way, effect: null, settlesAll: null, refusal: null };
}

async function foretold(
  services: ExchangeServices,
  { organisationId, id, author }: { organisationId: number; id: number; author: string },
  way: WayOut,
): Promise<ShownWay> {
  const result = await foretell(services, {
    organisationId,
    choice: { ids: [id] },
    way: way.way,
    reason: '-',
    author,
    manager: true,
  });
  if (result.outcome === 'refused') return { ...untold(way), refusal: result.refusal };
  const [answer] = result.answers;
  const refusal = answer?.refusal ?? null;
  const settlesAll = answer?.outcome === 'settled';
  return { ...way, effect: refusal === null ? result.effect : null, settlesAll, refusal };
}

async function readCase(tx: Tx, services: ExchangeServices, id: number) {
  const [row] = await readCases(tx, [id]);
  if (row === undefined) return null;
  const behind = await followersOf(tx, services, row);
  return {
    row,
    ours: await ourWords(tx, services, row),
    followers: behind,
    trace: await readTrace(tx, subjectOf(id)),
  };
}

async function followersOf(
  tx: Tx,
  { clock }: ExchangeServices,
  row: CaseDetail,
): Promise<CaseRecord[]> {
  if (row.followers === 0) return [];
  const page = { now: clock().toISOString(), after: null, limit: FOLLOWERS_SHOWN };
  const rows = await listCaseRows(tx, { rootId: row.id }, page);
  return rows.map(({ key: _, ...one }) => one);
}

async function ourWords(tx: Tx, services: ExchangeServices, row: CaseDetail): Promise<OurWords> {
  const sealed = await findInterface(tx, row.interfaceId);
  const channel = sealed === null ? undefined : services.findChannel(sealed.channel);
  const nothing = { tariff: null, category: null, contingents: [], place: null };
  const known = { ...nothing, product: row.product, performance: row.performance };
  if (sealed === null || channel === undefined) return known;
  const cache = new KnowledgeCache({ interface: withoutSecrets(sealed), channel });
  const { resolver, catalogue } = await cache.current(tx);
  const { product, performance, tariff, category, contingentIds, place } = resolver.resolve(
    row.message,
  );
  return {
    product: product?.code ?? row.product,
    performance: performance?.code ?? row.performance,
    tariff: tariff === null ? null : `${tariff.audience}/${tariff.code}`,
    category: category?.code ?? null,
    contingents: contingentIds.flatMap((id) => catalogue.contingentById.get(id)?.code ?? []),
    place: place?.type ?? null,
  };
}
