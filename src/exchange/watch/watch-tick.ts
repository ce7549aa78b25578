/** Looks at what stands, and writes what is to be told into the outbox: one transaction. */
import type { DeliveryContent, DeliveryReason, ToldItem } from '../../domain/watch/delivery.ts';
import { isDigestDue } from '../../domain/watch/digest.ts';
import type { Observation } from '../../domain/watch/news.ts';
import type { ToldNews, WatchPlan } from '../../domain/watch/plan-watch.ts';
import { planWatch } from '../../domain/watch/plan-watch.ts';
import { newsPath } from '../../domain/watch/web-address.ts';
import { DAY_MS, isUrgent } from '../../domain/watch/when-to-tell.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { listHooks } from '../../store/hook-store.ts';
import type { InterfaceRecord, OrganisationRecord } from '../../store/interface-store.ts';
import { listInterfaces, readOrganisation } from '../../store/interface-store.ts';
import type { NewsPreference, NewsRecord } from '../../store/news-store.ts';
import {
  closeNews,
  insertNews,
  listOpenNews,
  lockWatch,
  markDigest,
  markTold,
  pruneNews,
  readKnownNews,
  readNews,
  readPreferences,
  refreshNews,
} from '../../store/news-store.ts';
import type { NewDelivery } from '../../store/outbox-store.ts';
import { insertDeliveries, pruneOutbox } from '../../store/outbox-store.ts';
import type { ExchangeServices } from '../context.ts';
import { observe } from './observe.ts';

export type WatchServices = Pick<ExchangeServices, 'database' | 'ids' | 'clock'>;

export interface WatchTick {
  opened: number;
  closed: number;
  told: number;
  /** Deliveries written: one a person, however much there is to tell; one a news for a webhook. */
  deliveries: number;
}

const KEPT_MS = 90 * DAY_MS;

/**
 * One look at an organisation. Of two at once the second waits, and finds told what the first
 * told. Nothing is sent here: see deliver.ts.
 */
export function watchTick(
  services: WatchServices,
  request: { organisationId: number; now?: Date },
): Promise<WatchTick> {
  const now = request.now ?? services.clock();
  return services.database.transaction(request.organisationId, async (tx) => {
    await lockWatch(tx, now);
    const known = await readKnownNews(tx, new Date(now.getTime() - DAY_MS));
    const plan = planWatch(await observe(tx, now), known, now);
    const openedIds = await services.ids.take(plan.opened.length, tx);
    const opened = plan.opened.map((observation, index) => ({
      id: openedIds[index] as number,
      observation,
    }));
    await insertNews(tx, opened, now);
    await refreshNews(tx, plan.kept);
    const told = withIds(plan, opened);
    if (told.length > 0)
      await markTold(
        tx,
        told.map(({ id }) => id),
        now,
      );
    if (plan.closed.length > 0) await closeNews(tx, plan.closed, now);
    const deliveries = await compose(services, tx, told, plan.closed, now);
    await insertDeliveries(tx, deliveries, now);
    const old = new Date(now.getTime() - KEPT_MS);
    await pruneNews(tx, old);
    await pruneOutbox(tx, old);
    const { length } = deliveries;
    return {
      opened: opened.length,
      closed: plan.closed.length,
      told: told.length,
      deliveries: length,
    };
  });
}

type Told = ToldNews & { id: number };

function withIds(plan: WatchPlan, opened: readonly { id: number; observation: Observation }[]) {
  const idOf = new Map(opened.map(({ id, observation }) => [observation.subject, id]));
  return plan.told.map((one): Told => {
    const id = one.id ?? idOf.get(one.observation.subject);
    if (id === undefined) throw new Error('What is told is open.');
    return { ...one, id };
  });
}

/** A thing to tell with the interfaces it is about: they say who hears it. */
interface Telling {
  item: ToldItem;
  interfaceIds: readonly number[];
  urgent: boolean;
}

async function compose(
  services: WatchServices,
  tx: Tx,
  told: readonly Told[],
  closedIds: readonly number[],
  now: Date,
): Promise<NewDelivery[]> {
  const preferences = await readPreferences(tx);
  const organisation = await readOrganisation(tx);
  const digests = preferences.filter(
    ({ mode, digestAt: at, lastDigestAt: lastAt }) =>
      mode === 'digest' && isDigestDue({ at, timeZone: organisation.timeZone, lastAt }, now),
  );
  if (told.length + closedIds.length + digests.length === 0) return [];
  const interfaces = await listInterfaces(tx);
  const rows = await readNews(
    tx,
    told.map(({ id }) => id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const tellings = told.flatMap(({ id, telling }): Telling[] => {
    const row = byId.get(id);
    return row === undefined ? [] : [tellingOf(row, telling, interfaces)];
  });
  const open = digests.length === 0 ? [] : await listOpenNews(tx);
  const listed = open.map((row) => tellingOf(row, 'digest', interfaces));
  const over = (await readNews(tx, closedIds)).map((row) => tellingOf(row, 'closed', interfaces));
  await markDigest(
    tx,
    digests.map(({ email }) => email),
    now,
  );
  const drafts = [
    ...mailsAtOnce(tellings, preferences, interfaces, organisation, now),
    ...mailsOfDigest(listed, digests, interfaces, organisation, now),
    ...(await hookDrafts(tx, tellings, over, organisation, now)),
  ];
  const ids = await services.ids.take(drafts.length, tx);
  return drafts.map((draft, index) => ({ ...draft, id: ids[index] as number }));
}

function tellingOf(
  row: NewsRecord,
  reason: DeliveryReason,
  interfaces: readonly InterfaceRecord[],
): Telling {
  const about = interfaces.filter(({ id }) => row.interfaceIds.includes(id));
  const [first] = about;
  return {
    item: {
      newsId: row.id,
      kind: row.kind,
      reason,
      interface: about.map(({ code }) => code).join(', '),
      reseller: first?.reseller ?? '',
      people: first?.people ?? [],
      facts: row.facts,
      openedAt: row.openedAt,
      dueAt: row.dueAt,
      path: newsPath(row),
    },
    interfaceIds: row.interfaceIds,
    urgent: reason !== 'digest' && reason !== 'closed' && reason !== 'test' && isUrgent(reason),
  };
}

type Draft = Omit<NewDelivery, 'id'>;

/** One mail a person, with all there is to tell now; who wants a digest gets what is urgent. */
function mailsAtOnce(
  tellings: readonly Telling[],
  preferences: readonly NewsPreference[],
  interfaces: readonly InterfaceRecord[],
  organisation: OrganisationRecord,
  now: Date,
): Draft[] {
  const wishes = new Map(preferences.map((one) => [one.email.toLowerCase(), one]));
  return readersOf(tellings, interfaces).flatMap(({ email, heard }): Draft[] => {
    const wish = wishes.get(email.toLowerCase());
    if (wish?.mode === 'off') return [];
    const items = heard.filter(
      (one) => wants(wish, one) && (wish?.mode !== 'digest' || one.urgent),
    );
    if (items.length === 0) return [];
    return [mailTo(email, wish?.language ?? organisation.language, items, organisation, now)];
  });
}

function mailsOfDigest(
  listed: readonly Telling[],
  digests: readonly NewsPreference[],
  interfaces: readonly InterfaceRecord[],
  organisation: OrganisationRecord,
  now: Date,
): Draft[] {
  const due = new Map(digests.map((one) => [one.email.toLowerCase(), one]));
  return readersOf(listed, interfaces).flatMap(({ email, heard }): Draft[] => {
    const wish = due.get(email.toLowerCase());
    if (wish === undefined) return [];
    const items = heard.filter((one) => wants(wish, one));
    if (items.length === 0) return [];
    return [mailTo(email, wish.language ?? organisation.language, items, organisation, now)];
  });
}

/** Whether a person wants news of this kind; who said nothing wants all. */
function wants(wish: NewsPreference | undefined, { item }: Telling): boolean {
  const kinds = wish?.kinds ?? null;
  return kinds === null || kinds.includes(item.kind);
}

/** Who is named by one of the interfaces that a thing is about hears of it, once. */
function readersOf(tellings: readonly Telling[], interfaces: readonly InterfaceRecord[]) {
  const readers = new Map<string, { email: string; heard: Telling[] }>();
  for (const telling of tellings) {
    const emails = interfaces
      .filter(({ id }) => telling.interfaceIds.includes(id))
      .flatMap(({ notifiedEmails }) => notifiedEmails);
    const once = new Map(emails.map((email) => [email.toLowerCase(), email]));
    for (const [key, email] of once) {
      const reader = readers.get(key) ?? { email, heard: [] };
      reader.heard.push(telling);
      readers.set(key, reader);
    }
  }
  return [...readers.values()];
}

function mailTo(
  recipient: string,
  language: string,
  heard: readonly Telling[],
  organisation: OrganisationRecord,
  now: Date,
): Draft {
  const content = contentOf(
    heard.map(({ item }) => item),
    organisation,
    now,
  );
  return { kind: 'mail', recipient, hookId: null, language, content };
}

export function contentOf(
  items: readonly ToldItem[],
  { code, name, timeZone }: OrganisationRecord,
  now: Date,
): DeliveryContent {
  return { organisation: { code, name, timeZone }, at: now.toISOString(), items };
}

/** A webhook gets each news by itself, and hears when it is over; a chat gets one text. */
async function hookDrafts(
  tx: Tx,
  tellings: readonly Telling[],
  over: readonly Telling[],
  organisation: OrganisationRecord,
  now: Date,
): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const { id: hookId, kind, name: recipient, kinds } of await listHooks(tx)) {
    const wanted = (one: Telling) => kinds === null || kinds.includes(one.item.kind);
    const { language } = organisation;
    const groups =
      kind === 'webhook'
        ? [...tellings, ...over].filter(wanted).map(({ item }) => [item])
        : [tellings.filter(wanted).map(({ item }) => item)];
    for (const items of groups) {
      if (items.length === 0) continue;
      const content = contentOf(items, organisation, now);
      drafts.push({ kind, recipient, hookId, language, content });
    }
  }
  return drafts;
}
