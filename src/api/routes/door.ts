/** The door: what it says of a code, and closing a code by hand. */
import { z } from 'zod';
import { blockCode } from '../../exchange/access-lists/block-code.ts';
import { checkAccess, readDoor } from '../../exchange/check-access.ts';
import { readCatalogue } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, reason, text } from '../route.ts';

const TAG = { tags: ['door'] };
const code = text(200).min(1);

const PERFORMANCES_MAX = 12;
const counted = z.int().min(0);
const performanceSchema = z
  .object({
    id: idSchema('performance'),
    code: z.string(),
    productCode: z.string(),
    productName: z.string(),
    localStart: z.string(),
    timeZone: z.string(),
    state: z.enum(['preparing', 'running', 'suspended', 'cancelled', 'closed']),
    awaited: counted.describe('Codes that open and have not been used.'),
    entered: counted.describe('Codes that have been used.'),
    refused: counted.describe('Codes that open nothing.'),
  })
  .meta({ id: 'DoorPerformance' });

export function doorRoutes(app: Api, services: RouteServices): void {
  performancesRoute(app, services);
  codeRoutes(app, services);
}

function performancesRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/door/performances',
    {
      config: { action: 'door.read' },
      schema: {
        ...TAG,
        summary: 'The next performances, with how many codes each door awaits and has let in',
        response: answers(z.object({ items: z.array(performanceSchema).readonly() })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { database, clock } = exchange;
      const found = await readDoor({ database, clock, organisationId }, PERFORMANCES_MAX);
      return { items: found.map((one) => ({ ...one, id: printId('performance', one.id) })) };
    },
  );
}

function codeRoutes(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/door/check',
    {
      config: { action: 'door.read' },
      schema: {
        ...TAG,
        summary: 'What the door says of a code; it lets nobody in',
        body: z.strictObject({
          code,
          performance: idSchema('performance').optional().describe('Else the code’s own.'),
        }),
        response: answers(
          z
            .object({
              known: z.boolean(),
              answer: z.looseObject({ open: z.boolean() }),
            })
            .meta({ id: 'DoorAnswer' }),
        ),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { code: asked, performance } = request.body;
      const performanceId = performance === undefined ? null : readId('performance', performance);
      if (performanceId !== null) {
        const { performanceById } = await readCatalogue(exchange, organisationId);
        if (!performanceById.has(performanceId)) throw notFound('performance');
      }
      const house = { database: exchange.database, clock: exchange.clock, organisationId };
      const { answer, code: known } = await checkAccess(house, { code: asked, performanceId });
      return { known: known !== null, answer: { ...answer } };
    },
  );
  app.post(
    '/door/block',
    {
      config: { action: 'door.block' },
      schema: {
        ...TAG,
        summary: 'Closes a code by hand, or (null) opens it again as far as its ticket lets it',
        body: z.strictObject({ code, block: z.enum(['stolen', 'technical']).nullable(), reason }),
        response: answers(
          z
            .object({
              outcome: z.enum(['blocked', 'unblocked', 'unchanged']),
              state: z.string().describe('Of the code, now.'),
            })
            .meta({ id: 'CodeBlocked' }),
        ),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const result = await blockCode(exchange, { ...request.body, organisationId, author });
      if (result.outcome === 'unknown') throw notFound('code');
      return result;
    },
  );
}
