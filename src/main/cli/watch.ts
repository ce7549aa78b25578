/** `parterre watch`: open news, deliveries, hooks, and how people are told. */
import { parseArgs } from 'node:util';
import type { ToldItem } from '../../domain/watch/delivery.ts';
import type { NewsKind } from '../../domain/watch/news.ts';
import { NEWS_KINDS } from '../../domain/watch/news.ts';
import { newsPath } from '../../domain/watch/web-address.ts';
import { deliverDue } from '../../exchange/watch/deliver.ts';
import {
  addHook,
  readDeliveries,
  readHooks,
  removeHook,
  replayDeliveries,
  tryDelivery,
} from '../../exchange/watch/hooks.ts';
import { readNewsPreferences, readOpenNews, setNewsPreference } from '../../exchange/watch/news.ts';
import { describeNews } from '../../notify/describe-news.ts';
import { formatInstant } from '../../runs/format-params.ts';
import { TEXTS } from '../../runs/remedies.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { NewsLanguage } from '../../store/news-store.ts';
import { openSenders } from '../watch.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string' },
  kind: { type: 'string', multiple: true },
  mail: { type: 'string' },
  hook: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parse>['values'];

const usage = `parterre watch [list] [--json]       what is open, and how often it was told
parterre watch test --mail ADDRESS|--hook NAME [--json]     sends a trial now
parterre watch deliveries [--state pending|delivered|failed] [--limit N] [--json]
parterre watch replay ID... [--json]               sends deliveries again
parterre watch hooks [list] [--json]
parterre watch hooks add NAME URL [chat] [--kind KIND]... [--json]
    a webhook (signed), or a chat (a JSON text); the secret is shown once;
    KIND: ${NEWS_KINDS.join(', ')}
parterre watch hooks remove NAME [--json]
parterre watch prefer [--json]                     how each person wants to be told
parterre watch prefer ADDRESS at_once|digest|off [--at HH:MM] [--language L] [--json]
    everywhere: --organisation CODE, --language fr|en|de|it|es`;

export const command: CliCommand = {
  name: 'watch',
  does: 'what people are told: open news, deliveries, webhooks',
  usage,
  run,
};

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

interface Call {
  io: CliIo;
  open: OpenOrganisation;
  values: Values;
  words: readonly string[];
  organisationId: number;
}

const ACTIONS: Readonly<Record<string, (call: Call) => Promise<number>>> = {
  list,
  test,
  deliveries,
  replay,
  hooks,
  prefer,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', ...words] = positionals;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined) throw new UsageError(`There is no "${action}".`);
  const open = await io.open(values);
  try {
    return await act({ io, open, values, words, organisationId: open.organisation.id });
  } finally {
    await open.close();
  }
}

/** What a command did, for a program or for a person. */
function answer({ io, values }: Call, json: unknown, lines: readonly string[]): number {
  if (values.json) io.out(JSON.stringify(json));
  else for (const line of lines) io.out(line);
  return 0;
}

async function list(call: Call): Promise<number> {
  const { open, io, organisationId } = call;
  const { reader, services } = open;
  const news = await readOpenNews(services, call);
  const interfaces = await services.database.transaction(organisationId, listInterfaces);
  const isSet = Boolean(io.env.PARTERRE_SMTP_URL);
  const state = say(reader, isSet ? 'watch.server_set' : 'watch.server_missing');
  const shownAt = (instant: string) => formatInstant(instant, reader);
  const shown = news.map((one) => {
    const about = interfaces.filter(({ id }) => one.interfaceIds.includes(id));
    const item: ToldItem = {
      ...one,
      newsId: one.id,
      reason: 'digest',
      path: newsPath(one),
      interface: about.map(({ code }) => code).join(', '),
      reseller: about[0]?.reseller ?? '',
      people: about[0]?.people ?? [],
    };
    const baseUrl = io.env.PARTERRE_URL?.replace(/\/+$/, '') || null;
    return { ...one, interface: item.interface, text: describeNews(item, { ...reader, baseUrl }) };
  });
  return answer(call, shown, [
    say(reader, 'watch.server', { state }),
    ...(shown.length === 0 ? [say(reader, 'watch.none')] : []),
    ...shown.flatMap(({ text, timesTold, lastToldAt, interface: code }) => [
      `${code}  ${text.kind}: ${text.title}`,
      `    ${text.facts.join(' ')}`,
      `    ${text.remedy}`,
      lastToldAt === null
        ? `    ${say(reader, 'watch.untold')}`
        : `    ${say(reader, 'watch.told', { count: timesTold, at: shownAt(lastToldAt) })}`,
      `    $ ${text.command ?? ''}`,
    ]),
  ]);
}

async function test(call: Call): Promise<number> {
  const { open, io, values, organisationId } = call;
  const { mail, hook } = values;
  if ((mail === undefined) === (hook === undefined)) throw new UsageError('--mail or --hook.');
  const to = mail ?? hook ?? '';
  const target = mail === undefined ? { hook: to } : { mail: to };
  const id = await tryDelivery(open.services, { organisationId, to: target });
  if (id === null) throw new Refusal(say(open.reader, 'watch.hook_unknown', { name: to }));
  await sendNow(call);
  const rows = await readDeliveries(open.services, { organisationId, limit: 1_000 });
  const sent = rows.find((one) => one.id === id);
  if (sent?.state === 'delivered') {
    return answer(call, sent, [say(open.reader, 'watch.delivered', { to })]);
  }
  const detail = sent?.log.at(-1)?.detail ?? '?';
  if (values.json) io.out(JSON.stringify(sent ?? null));
  io.err(say(open.reader, 'watch.not_delivered', { to, detail }));
  return 1;
}

async function sendNow({ open, io, organisationId }: Call): Promise<void> {
  const senders = openSenders(io.env);
  try {
    await deliverDue(open.services, senders, { organisationId, signal: io.signal });
  } finally {
    senders.close();
  }
}

async function deliveries(call: Call): Promise<number> {
  const { open, values, organisationId } = call;
  const { reader } = open;
  const limit = Number(values.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new UsageError('--limit N.');
  const states = ['pending', 'delivered', 'failed'] as const;
  const state = states.find((one) => one === values.state);
  if (values.state !== undefined && state === undefined) throw new UsageError(states.join(', '));
  const rows = await readDeliveries(open.services, {
    organisationId,
    limit,
    ...(state === undefined ? {} : { state }),
  });
  if (rows.length === 0) return answer(call, [], [say(reader, 'watch.no_deliveries')]);
  const lines = rows.map((row) => {
    const what = row.content.items.map(({ kind, reason }) => `${kind} (${reason})`).join(', ');
    const last = row.log.at(-1)?.detail ?? '';
    const at = formatInstant(row.createdAt, reader);
    const where = `${row.kind} ${row.recipient}  ${row.state} ${row.attempts}`;
    return `${row.id}  ${at}  ${where}  ${what} ${last}`;
  });
  return answer(call, rows, lines);
}

async function replay(call: Call): Promise<number> {
  const { open, words, organisationId } = call;
  const ids = words.map(Number);
  if (ids.length === 0 || !ids.every(Number.isSafeInteger)) throw new UsageError('replay ID...');
  const revived = await replayDeliveries(open.services, { organisationId, ids });
  if (revived.length === 0) {
    throw new Refusal(say(open.reader, 'watch.not_again', { ids: ids.join(', ') }));
  }
  await sendNow(call);
  const told = say(open.reader, 'watch.again', { ids: revived.join(', ') });
  return answer(call, { replayed: revived }, [told]);
}

async function hooks(call: Call): Promise<number> {
  const [action = 'list', ...words] = call.words;
  if (action === 'add') return await addOne({ ...call, words });
  if (action === 'remove') return await removeOne({ ...call, words });
  if (action !== 'list') throw new UsageError('hooks list, add or remove.');
  const all = await readHooks(call.open.services, call);
  const lines = all.map((one) => {
    const kinds = one.kinds === null ? '*' : one.kinds.join(', ');
    return `${one.name}  ${one.kind}  ${one.host}  ${kinds}`;
  });
  return answer(call, all, all.length === 0 ? [say(call.open.reader, 'watch.no_hooks')] : lines);
}

async function addOne(call: Call): Promise<number> {
  const { open, values, words, organisationId } = call;
  const [name, url, kind = 'webhook', ...more] = words;
  const isKind = kind === 'webhook' || kind === 'chat';
  if (name === undefined || url === undefined || !isKind || more.length > 0) {
    throw new UsageError('hooks add NAME URL [chat].');
  }
  const { author } = open;
  const kinds = kindsOf(values.kind);
  const added = await addHook(open.services, { organisationId, name, url, kind, kinds, author });
  if (added.outcome === 'refused') {
    throw new Refusal(
      added.code === 'hook.url'
        ? say(open.reader, 'watch.hook_url')
        : say(open.reader, 'watch.hook_taken', { name }),
    );
  }
  const { secret } = added;
  return answer(call, added, [say(open.reader, 'watch.hook_added', { name, secret })]);
}

function kindsOf(texts: readonly string[] | undefined): NewsKind[] | null {
  if (texts === undefined || texts.length === 0) return null;
  return texts.map((text) => {
    const found = NEWS_KINDS.find((kind) => kind === text);
    if (found === undefined) throw new UsageError(`--kind: ${NEWS_KINDS.join(', ')}.`);
    return found;
  });
}

async function removeOne(call: Call): Promise<number> {
  const { open, words, organisationId } = call;
  const [name] = words;
  if (name === undefined) throw new UsageError('hooks remove NAME.');
  const { author, reader } = open;
  const removed = await removeHook(open.services, { organisationId, name, author });
  if (!removed) throw new Refusal(say(reader, 'watch.hook_unknown', { name }));
  return answer(call, { removed: name }, [say(reader, 'watch.hook_removed', { name })]);
}

async function prefer(call: Call): Promise<number> {
  const { open, values, words, organisationId } = call;
  const [email, asked] = words;
  if (email === undefined) return await preferences(call);
  const mode = (['at_once', 'digest', 'off'] as const).find((one) => one === asked);
  const digestAt = values.at ?? '08:00';
  if (mode === undefined || !/^([01]\d|2[0-3]):[0-5]\d$/.test(digestAt)) {
    throw new UsageError('prefer ADDRESS at_once|digest|off [--at HH:MM].');
  }
  const known = values.language !== undefined && Object.hasOwn(TEXTS, values.language);
  const language = known ? (values.language as NewsLanguage) : null;
  const preference = { organisationId, email, mode, language, digestAt };
  await setNewsPreference(open.services, { ...preference, author: open.author });
  const { organisationId: _, ...shown } = preference;
  return answer(call, shown, [say(open.reader, 'watch.preference', { email, mode })]);
}

async function preferences(call: Call): Promise<number> {
  const all = await readNewsPreferences(call.open.services, call);
  const { reader } = call.open;
  return answer(
    call,
    all,
    all.map(({ email, mode }) => say(reader, 'watch.preference', { email, mode })),
  );
}
