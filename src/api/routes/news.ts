/** News: what people must know as long as it stands, and how each wants to be told. */
import { z } from 'zod';
import { NEWS_KINDS } from '../../domain/watch/news.ts';
import { newsPath } from '../../domain/watch/web-address.ts';
import type { NewsPreference, ShownNews } from '../../exchange/watch/news.ts';
import { readNewsPage, readOwnPreference, setNewsPreference } from '../../exchange/watch/news.ts';
import { describeNews } from '../../notify/describe-news.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, LANGUAGES, languageQuery, params } from '../route.ts';

const TAG = { tags: ['news'] };
const of = z.object({ id: idSchema('interface'), code: z.string() });

const newsSchema = z
  .object({
    id: idSchema('news'),
    kind: z.enum(NEWS_KINDS),
    interfaces: z.array(of).readonly(),
    code: z.string(),
    params,
    run: z.int().nullable().describe('Number of the run that shows it best.'),
    count: z.int().nullable().describe('Cases that wait for it, or how often a value was seen.'),
    openedAt: instant,
    dueAt: instant.nullable().describe('Start of the next performance it touches.'),
    timesTold: z.int(),
    firstToldAt: instant.nullable(),
    lastToldAt: instant.nullable(),
    next: z
      .object({
        at: instant,
        why: z.enum(['first', 'reminder', 'day_before', 'hours_before']),
      })
      .describe('When it is told next, should it still stand.'),
    title: z.string(),
    explanation: z.string(),
    remedy: z.string(),
    facts: z.array(z.string()).readonly().describe('Plain sentences: how many, since when.'),
    path: z.string().nullable().describe('Where the web application shows it.'),
  })
  .meta({ id: 'News' });

type Language = (typeof LANGUAGES)[number];

function presentNews(
  one: ShownNews,
  timeZone: string,
  language: Language,
): z.output<typeof newsSchema> {
  const { interfaces, facts } = one;
  const [first] = interfaces;
  const told = describeNews(
    {
      ...one,
      newsId: one.id,
      reason: 'digest',
      interface: interfaces.map(({ code }) => code).join(', '),
      reseller: first?.reseller ?? '',
      people: first?.people ?? [],
    },
    { language, timeZone, baseUrl: null },
  );
  const { code, run, count } = facts;
  return {
    ...one,
    id: printId('news', one.id),
    interfaces: interfaces.map(({ id, code: name }) => ({
      id: printId('interface', id),
      code: name,
    })),
    code,
    params: { ...facts.params },
    run,
    count,
    next: { at: one.next.at, why: one.next.telling },
    title: told.title,
    explanation: told.explanation,
    remedy: told.remedy,
    facts: told.facts,
    path: newsPath(one),
  };
}

export function newsRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  preferenceRoutes(app, services);
}

const placeOf = z.strictObject({
  dueAt: z.iso.datetime().nullable(),
  openedAt: z.iso.datetime(),
  id: numberCursor,
});

function listRoute(app: Api, { exchange }: RouteServices): void {
  const querystring = z.strictObject({
    kind: z.enum(NEWS_KINDS).optional(),
    interface: idSchema('interface').optional(),
    ...languageQuery,
    ...pageQuery,
  });
  app.get(
    '/news',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What is open: first what touches the next performance, then by age',
        querystring,
        response: answers(z.object(pageOf(newsSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { kind, interface: about, language, limit, after } = request.query;
      const place = readCursor(after, placeOf);
      const { items, timeZone } = await readNewsPage(exchange, {
        organisationId,
        limit: limit + 1,
        ...(kind !== undefined && { kind }),
        ...(about !== undefined && { interfaceId: readId('interface', about) }),
        ...(place !== null && { after: place }),
      });
      const page = items.slice(0, limit);
      const last = page.at(-1);
      const more = items.length > limit && last !== undefined;
      const cursor = last && { dueAt: last.dueAt, openedAt: last.openedAt, id: last.id };
      return {
        items: page.map((one) => presentNews(one, timeZone, language)),
        next: more ? printCursor(cursor) : null,
      };
    },
  );
}

const wish = {
  mode: z.enum(['at_once', 'digest', 'off']),
  language: z.enum(LANGUAGES).nullable().describe('Null: the organisation’s.'),
  digestAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .describe('Local time of the house; what is urgent does not wait for it.'),
  kinds: z.array(z.enum(NEWS_KINDS)).max(NEWS_KINDS.length).nullable().describe('Null: all.'),
};
const preferenceSchema = z
  .object({
    email: z.string(),
    ...wish,
    interfaces: z.array(of).readonly().describe('Those that name this address: only they tell.'),
  })
  .meta({ id: 'NewsPreference' });

/** A key is nobody who reads mails. */
function addressOf({ author }: Caller): string {
  if (author.includes('@') && !author.startsWith('key:')) return author;
  throw refusal('news.no_address');
}

function preferenceRoutes(app: Api, { exchange }: RouteServices): void {
  const own = async (caller: Caller): Promise<z.output<typeof preferenceSchema>> => {
    const { organisationId } = caller;
    const read = { organisationId, email: addressOf(caller) };
    const found = await readOwnPreference(exchange, read);
    const interfaces = found.interfaces.map(({ id, code }) => {
      return { id: printId('interface', id), code };
    });
    return { ...found, digestAt: found.digestAt.slice(0, 5), interfaces };
  };
  const config = { action: 'notifications.write' } as const;
  app.get(
    '/news/preference',
    {
      config,
      schema: { ...TAG, summary: 'How I am told', response: answers(preferenceSchema) },
    },
    async (request) => await own(callerOf(request)),
  );
  app.put(
    '/news/preference',
    {
      config,
      schema: {
        ...TAG,
        summary: 'At once, once a day, or not at all; of which news; in which language',
        body: z.strictObject(wish),
        response: answers(preferenceSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { kinds, ...said } = request.body;
      const wanted: NewsPreference['kinds'] = kinds === null ? null : [...new Set(kinds)];
      await setNewsPreference(exchange, {
        organisationId: caller.organisationId,
        author: caller.author,
        email: addressOf(caller),
        ...said,
        kinds: wanted,
      });
      return await own(caller);
    },
  );
}
