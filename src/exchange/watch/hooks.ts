/** Webhooks and chat hooks: added and removed by people, journaled, tried by hand. */
import { randomBytes } from 'node:crypto';
import type { DeliveryContent, ToldItem } from '../../domain/watch/delivery.ts';
import type { NewsKind } from '../../domain/watch/news.ts';
import type { HookRecord } from '../../store/hook-store.ts';
import { deleteHook, insertHook, listHooks } from '../../store/hook-store.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { DeliveryRecord, NewDelivery } from '../../store/outbox-store.ts';
import { insertDeliveries, listDeliveries, reviveDeliveries } from '../../store/outbox-store.ts';
import type { ExchangeServices } from '../context.ts';
import { contentOf } from './watch-tick.ts';

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
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  const spoken = url !== null && ['https:', 'http:'].includes(url.protocol);
  // A password in an address would be shown by whatever logs the call.
  if (!spoken || url.username !== '' || url.password !== '') {
    return { outcome: 'refused', code: 'hook.url' };
  }
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const sealed = services.secrets.seal(JSON.stringify({ url: url.href, secret }));
  return await services.database.transaction(request.organisationId, async (tx) => {
    const [id, entryId] = (await services.ids.take(2, tx)) as [number, number];
    const at = services.clock();
    const { kind, name, author } = request;
    const kinds = request.kinds === null ? null : [...request.kinds];
    const hook = { id, kind, name, host: url.host, kinds, createdBy: author };
    if (!(await insertHook(tx, { ...hook, createdAt: at, sealed }))) {
      return { outcome: 'refused', code: 'hook.name_taken' };
    }
    const subject = `hook ${name}`;
    const after = { kind, host: url.host, kinds };
    const line = { id: entryId, at, author, action: 'hook.added', subject, after, reason: null };
    await writeJournal(tx, [line]);
    return { outcome: 'added', hook, secret };
  });
}

/** Removes the hook of this name; false when there is none. */
export function removeHook(
  services: HookServices,
  request: { organisationId: number; name: string; author: string },
): Promise<boolean> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const at = services.clock();
    const hook = await deleteHook(tx, request.name, at);
    if (hook === null) return false;
    const [id] = (await services.ids.take(1, tx)) as [number];
    const { kind, host } = hook;
    await writeJournal(tx, [
      {
        id,
        at,
        author: request.author,
        action: 'hook.removed',
        subject: `hook ${request.name}`,
        before: { kind, host },
        reason: null,
      },
    ]);
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
  request: {
    organisationId: number;
    state?: 'pending' | 'delivered' | 'failed';
    beforeId?: number;
    limit?: number;
  },
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
  request: { organisationId: number; ids: readonly number[] },
): Promise<number[]> {
  return services.database.transaction(request.organisationId, (tx) =>
    reviveDeliveries(tx, request.ids, services.clock()),
  );
}

/** Writes a trial to a hook, or a mail to an address; answers its id, null for an unknown hook. */
export function tryDelivery(
  services: HookServices,
  request: { organisationId: number; to: { mail: string } | { hook: string } },
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
      const { hook: name } = request.to;
      const hook = (await listHooks(tx)).find((one) => one.name === name);
      if (hook === undefined) return null;
      row = { id, kind: hook.kind, recipient: name, hookId: hook.id, language, content };
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
