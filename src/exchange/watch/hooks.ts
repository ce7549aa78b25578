/** Webhooks and chat hooks: added and removed by people, journaled, tried by hand. */
import { randomBytes } from 'node:crypto';
import type { DeliveryContent, ToldItem } from '../../domain/watch/delivery.ts';
import type { NewsKind } from '../../domain/watch/news.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { HookRecord } from '../../store/hook-store.ts';
import {
  deleteHook,
  insertHook,
  listHooks,
  lockSealedHook,
  writeHook,
} from '../../store/hook-store.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { DeliveryFilter, DeliveryRecord, NewDelivery } from '../../store/outbox-store.ts';
import { insertDeliveries, listDeliveries, reviveDeliveries } from '../../store/outbox-store.ts';
import type { ExchangeServices } from '../context.ts';
import type { HookAddress } from './deliver.ts';
import { contentOf } from './watch-tick.ts';

export type { DeliveryFilter, DeliveryRecord, HookRecord };
export type HookServices = Pick<ExchangeServices, 'database' | 'ids' | 'clock' | 'secrets'>;

export interface NewHook {
  organisationId: number;
  kind: 'webhook' | 'chat';
  name: string;
  url: string;
  kinds: readonly NewsKind[] | null;
  author: string;
}

export type HookAdded =
  | { outcome: 'added'; hook: Omit<HookRecord, 'createdAt'>; secret: string }
  | { outcome: 'refused'; code: 'hook.url' | 'hook.name_taken' };

/** Adds a hook. The secret is shown here and never again; a chat hook signs with it too. */
export async function addHook(services: HookServices, request: NewHook): Promise<HookAdded> {
  const url = spokenUrl(request.url);
  if (url === null) return { outcome: 'refused', code: 'hook.url' };
  const secret = newSecret();
  const sealed = services.secrets.seal(JSON.stringify({ url: url.href, secret }));
  return await services.database.transaction(request.organisationId, async (tx) => {
    const [id] = (await services.ids.take(1, tx)) as [number];
    const { kind, name, author } = request;
    const kinds = request.kinds === null ? null : [...request.kinds];
    const hook = { id, kind, name, host: url.host, kinds, createdBy: author };
    if (!(await insertHook(tx, { ...hook, createdAt: services.clock(), sealed }))) {
      return { outcome: 'refused', code: 'hook.name_taken' };
    }
    await note(tx, services, request, { action: 'hook.added', name, after: shownOf(hook) });
    return { outcome: 'added', hook, secret };
  });
}

/** A password in an address would be shown by whatever logs the call. */
function spokenUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const spoken = url !== null && ['https:', 'http:'].includes(url.protocol);
  return spoken && url.username === '' && url.password === '' ? url : null;
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

export interface HookChange {
  name?: string;
  url?: string;
  kinds?: readonly NewsKind[] | null;
  /** The secret that was shown is no longer used; the answer has the new one. */
  newSecret?: boolean;
}

export type HookChanged =
  | { outcome: 'changed'; hook: HookRecord; secret: string | null }
  | { outcome: 'refused'; code: 'hook.unknown' | 'hook.url' | 'hook.name_taken' };

/** `check` sees the hook under its lock, and throws to change nothing. */
export async function changeHook(
  services: HookServices,
  request: { organisationId: number; hookId: number; author: string; change: HookChange },
  check: (hook: HookRecord) => void = () => {},
): Promise<HookChanged> {
  const { organisationId, hookId, change } = request;
  const url = change.url === undefined ? undefined : spokenUrl(change.url);
  if (url === null) return { outcome: 'refused', code: 'hook.url' };
  return await services.database.transaction(organisationId, async (tx): Promise<HookChanged> => {
    const found = await lockSealedHook(tx, hookId);
    if (found === null) return { outcome: 'refused', code: 'hook.unknown' };
    const { sealed, ...before } = found;
    check(before);
    const name = change.name ?? before.name;
    const others = await listHooks(tx);
    if (others.some((one) => one.id !== hookId && one.name === name)) {
      return { outcome: 'refused', code: 'hook.name_taken' };
    }
    const address = JSON.parse(services.secrets.open(sealed)) as HookAddress;
    const secret = change.newSecret === true ? newSecret() : null;
    const next = { url: url?.href ?? address.url, secret: secret ?? address.secret };
    const kinds = change.kinds === undefined ? before.kinds : copyOf(change.kinds);
    const hook = { ...before, name, host: url?.host ?? before.host, kinds };
    await writeHook(tx, { ...hook, sealed: services.secrets.seal(JSON.stringify(next)) });
    const after = { ...shownOf(hook), ...(secret !== null && { secret: 'changed' }) };
    const line = { action: 'hook.changed', name, before: shownOf(before), after };
    await note(tx, services, request, line);
    return { outcome: 'changed', hook, secret };
  });
}

function copyOf(kinds: readonly NewsKind[] | null): NewsKind[] | null {
  return kinds === null ? null : [...kinds];
}

/** What the journal may hold of a hook: no address, no secret. */
function shownOf({
  kind,
  name,
  host,
  kinds,
}: Pick<HookRecord, 'kind' | 'name' | 'host' | 'kinds'>) {
  return { kind, name, host, kinds };
}

async function note(
  tx: Tx,
  services: HookServices,
  { author }: { author: string },
  line: { action: string; name: string; before?: object; after?: object },
): Promise<void> {
  const [id] = (await services.ids.take(1, tx)) as [number];
  const { name, ...rest } = line;
  const at = services.clock();
  await writeJournal(tx, [{ id, at, author, subject: `hook ${name}`, reason: null, ...rest }]);
}

/** Removes a hook, and what waits for it; false when there is none. */
export function removeHook(
  services: HookServices,
  request: { organisationId: number; author: string } & ({ name: string } | { hookId: number }),
): Promise<boolean> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const which = 'hookId' in request ? { id: request.hookId } : { name: request.name };
    const hook = await deleteHook(tx, which, services.clock());
    if (hook === null) return false;
    const { name } = hook;
    await note(tx, services, request, { action: 'hook.removed', name, before: shownOf(hook) });
    return true;
  });
}

export function readHooks(
  services: Pick<HookServices, 'database'>,
  request: { organisationId: number },
): Promise<HookRecord[]> {
  return services.database.transaction(request.organisationId, listHooks, { readOnly: true });
}

/** The newest deliveries first, each with its attempts. */
export function readDeliveries(
  services: Pick<HookServices, 'database'>,
  request: Omit<DeliveryFilter, 'limit'> & { organisationId: number; limit?: number },
): Promise<DeliveryRecord[]> {
  const { organisationId, limit = 50, ...filter } = request;
  return services.database.transaction(
    organisationId,
    (tx) => listDeliveries(tx, { ...filter, limit }),
    { readOnly: true },
  );
}

/** Sends deliveries again, as they were; answers which were found and not under way. */
export function replayDeliveries(
  services: HookServices,
  request: { organisationId: number; ids: readonly number[]; author?: string },
): Promise<number[]> {
  return services.database.transaction(request.organisationId, (tx) =>
    revive(tx, services, request.ids, request.author ?? null),
  );
}

/** Deliveries that one replay of a span takes at most. */
export const REPLAYED_MAX = 1_000;

/** The same for those of a hook that were written in a span; the oldest are left for the next. */
export function replaySpan(
  services: HookServices,
  request: {
    organisationId: number;
    author: string;
    hookId: number;
    from: string;
    to: string;
    state?: 'delivered' | 'failed';
  },
): Promise<{ replayed: number[]; more: boolean }> {
  const { organisationId, author, ...span } = request;
  return services.database.transaction(organisationId, async (tx) => {
    const found = await listDeliveries(tx, { ...span, limit: REPLAYED_MAX + 1 });
    const ids = found.slice(0, REPLAYED_MAX).map(({ id }) => id);
    const replayed = await revive(tx, services, ids, author);
    return { replayed, more: found.length > REPLAYED_MAX };
  });
}

async function revive(
  tx: Tx,
  services: HookServices,
  ids: readonly number[],
  author: string | null,
): Promise<number[]> {
  const at = services.clock();
  const before = await listDeliveries(tx, { ids, limit: ids.length + 1 });
  const replayed = await reviveDeliveries(tx, ids, at);
  if (author === null || replayed.length === 0) return replayed;
  const taken = new Set(replayed);
  const states = before.filter(({ id }) => taken.has(id)).map(({ id, state }) => [id, state]);
  const [id] = (await services.ids.take(1, tx)) as [number];
  const after = { sentAgain: replayed.length };
  const line = { id, at, author, action: 'delivery.replayed', reason: null, after };
  const subject = `delivery ${replayed[0]}`;
  await writeJournal(tx, [{ ...line, subject, before: Object.fromEntries(states) }]);
  return replayed;
}

/**
 * Writes a trial to a hook (its name, or its id), or a mail to an address; answers its id, null for
 * an unknown hook.
 */
export function tryDelivery(
  services: HookServices,
  request: { organisationId: number; to: { mail: string } | { hook: string | number } },
): Promise<number | null> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const organisation = await readOrganisation(tx);
    const at = services.clock();
    const [id] = (await services.ids.take(1, tx)) as [number];
    const { language } = organisation;
    const content: DeliveryContent = contentOf([trial(at)], organisation, at);
    let row: NewDelivery;
    if ('mail' in request.to) {
      row = { id, kind: 'mail', recipient: request.to.mail, hookId: null, language, content };
    } else {
      const { hook: which } = request.to;
      const hook = (await listHooks(tx)).find(({ id: of, name }) => of === which || name === which);
      if (hook === undefined) return null;
      row = { id, kind: hook.kind, recipient: hook.name, hookId: hook.id, language, content };
    }
    await insertDeliveries(tx, [row], at);
    return id;
  });
}

function trial(at: Date): ToldItem {
  return {
    newsId: 0,
    kind: 'run_error',
    reason: 'test',
    interface: '-',
    reseller: '-',
    people: [],
    facts: {
      code: 'watch.run_failed',
      params: { function: 'integrate' },
      run: null,
      count: null,
      messageId: null,
    },
    openedAt: at.toISOString(),
    dueAt: null,
  };
}
