/** Cursors: how far a reseller's journal has been read, and moving one by hand. */
import { z } from 'zod';
import type { CursorRow } from '../../exchange/move-cursor.ts';
import { moveCursor, readCursors } from '../../exchange/move-cursor.ts';
import { readInterface } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, text } from '../route.ts';

const TAG = { tags: ['runs'] };
const interfaceParams = z.object({ interface: idSchema('interface') });
const cursor = text(1_000)
  .min(1)
  .nullable()
  .describe('The reseller’s own word for a place in its journal; null: the beginning.');

const cursorSchema = z
  .object({
    product: idSchema('product').nullable(),
    performance: idSchema('performance').nullable().describe('Both null: everything it reports.'),
    cursor,
    changedAt: instant,
    run: z
      .object({ id: idSchema('run'), number: z.int() })
      .nullable()
      .describe('That read so far; null: a person moved it.'),
    etag: z.string().describe('Goes with a move as If-Match.'),
  })
  .meta({ id: 'Cursor' });

function presentCursor(row: CursorRow): z.output<typeof cursorSchema> {
  const [, kind, id] = /^(product|performance):(\d+)$/.exec(row.scope) ?? [];
  return {
    ...row,
    product: kind === 'product' ? printId('product', Number(id)) : null,
    performance: kind === 'performance' ? printId('performance', Number(id)) : null,
    run: row.run === null ? null : { ...row.run, id: printId('run', row.run.id) },
    etag: etagOf(row.cursor),
  };
}

const moveBody = z.strictObject({
  product: idSchema('product').optional(),
  performance: idSchema('performance').optional(),
  to: cursor,
  reason: text(1_000).min(1).describe('Why; kept in the journal.'),
});

function scopeOf({ product, performance }: z.output<typeof moveBody>): string {
  if (performance !== undefined) return `performance:${readId('performance', performance)}`;
  return product === undefined ? '' : `product:${readId('product', product)}`;
}

export function cursorRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/interfaces/:interface/cursors',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'How far the reseller’s journal has been read',
        params: interfaceParams,
        response: answers(z.object({ items: z.array(cursorSchema).readonly() })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const of = { organisationId, interfaceId: readId('interface', request.params.interface) };
      if ((await readInterface(exchange, of)) === null) throw notFound('interface');
      return { items: (await readCursors(exchange, of)).map(presentCursor) };
    },
  );
  app.post(
    '/interfaces/:interface/cursors/move',
    {
      config: { action: 'cursor.move' },
      schema: {
        ...TAG,
        summary: 'Moves a cursor by hand, while no run has the account',
        description: 'Back: what is known changes nothing. Forward: what lies between is not read.',
        params: interfaceParams,
        body: moveBody,
        response: answers(z.object({ outcome: z.literal('moved'), before: cursor })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const { to, reason } = request.body;
      const move = {
        organisationId,
        interfaceId,
        scope: scopeOf(request.body),
        to,
        author,
        reason,
      };
      const moved = await moveCursor(exchange, move, (before) => {
        checkIfMatch(request, before.cursor);
      });
      if (moved.outcome === 'unknown') throw notFound(moved.what);
      if (moved.outcome === 'moved') return { outcome: 'moved' as const, before: moved.before };
      throw new ApiProblem(409, 'run.account_busy', 'A run has the account: wait for it.', {
        params: { run: printId('run', moved.by.id), number: moved.by.number },
      });
    },
  );
}
