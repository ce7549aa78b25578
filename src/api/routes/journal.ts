/** The journal: who did what, to what, before, after, when and why. It is only appended to. */
import { z } from 'zod';
import type { JournalFilter, JournalRow } from '../../exchange/reading/journal.ts';
import { readJournal } from '../../exchange/reading/journal.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, text } from '../route.ts';

const TAG = { tags: ['journal'] };

const lineSchema = z
  .object({
    id: idSchema('journalLine'),
    at: instant,
    author: z.string().describe('A login, `key:NAME`, or the schedule that did it by itself.'),
    action: z.string(),
    subject: z.string().describe('Its kind, a space, and which: `schedule 12`, `hook ops`.'),
    object: z
      .string()
      .nullable()
      .describe('Id of the subject, where the API has one by that number.'),
    before: z.unknown().describe('Null: there was nothing before.'),
    after: z.unknown().describe('Null: there is nothing any more.'),
    reason: z.string().nullable(),
  })
  .meta({ id: 'JournalLine' });

/** Kinds of subjects that are named by the number of their id. */
const KINDS = {
  schedule: 'schedule',
  interface: 'interface',
  run_request: 'request',
  product: 'product',
  performance: 'performance',
  contingent: 'contingent',
  contact: 'contact',
  point_of_sale: 'pointOfSale',
  sales_channel: 'salesChannel',
  pending_account: 'account',
  reseller_account: 'resellerAccount',
} as const;

function objectOf(subject: string): string | null {
  const match = /^(\w+) (\d{1,15})$/.exec(subject);
  const [, kind = '', id] = match ?? [];
  if (!Object.hasOwn(KINDS, kind)) return null;
  return printId(KINDS[kind as keyof typeof KINDS], Number(id));
}

function presentLine(row: JournalRow): z.output<typeof lineSchema> {
  return { ...row, id: printId('journalLine', row.id), object: objectOf(row.subject) };
}

const placeOf = z.strictObject({ at: z.iso.datetime(), id: numberCursor });

export function journalRoutes(app: Api, { exchange }: RouteServices): void {
  const word = text(300).min(1).optional();
  const querystring = z.strictObject({
    author: word,
    action: word.describe('A whole action, or what stands before its dot: `schedule`.'),
    subject: word.describe('A whole subject, `schedule 12`, or its kind: `schedule`.'),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional().describe('Before this instant.'),
    ...pageQuery,
  });
  app.get(
    '/journal',
    {
      config: { action: 'journal.read' },
      schema: {
        ...TAG,
        summary: 'Who did what, the newest first',
        querystring,
        response: answers(z.object(pageOf(lineSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { limit, after, ...asked } = request.query;
      const place = readCursor(after, placeOf);
      const said = Object.entries(asked).filter(([, value]) => value !== undefined);
      const filter: JournalFilter = { ...Object.fromEntries(said), limit: limit + 1 };
      if (place !== null) filter.after = place;
      const rows = await readJournal(exchange, { organisationId, ...filter });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last !== undefined;
      const next = more ? printCursor({ at: last.at, id: last.id }) : null;
      return { items: page.map(presentLine), next };
    },
  );
}
