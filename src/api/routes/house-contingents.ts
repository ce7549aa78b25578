/** Contingents, and their shares of what a performance or a pass counts. */
import { z } from 'zod';
import type { Contingent, QuotaScope, QuotaTable } from '../../exchange/house-edit/contingents.ts';
import {
  listContingents,
  readQuotas,
  saveContingent,
  saveQuotas,
} from '../../exchange/house-edit/contingents.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers } from '../route.ts';
import type { Given } from './house-edit.ts';
import {
  codeText,
  countText,
  editedSchema,
  editFields,
  editOf,
  listOf,
  nameText,
  presentEdit,
  version,
} from './house-edit.ts';

const TAG = { tags: ['house'] };
const READ = { action: 'read' } as const;
const WRITE = { action: 'quotas.write' } as const;

export function houseContingentRoutes(app: Api, services: RouteServices): void {
  contingentRoutes(app, services);
  quotaRoutes(app, services, 'performance');
  quotaRoutes(app, services, 'product');
}

const fields = {
  name: nameText,
  kind: z.enum(['internal', 'external']).describe('External: reserved to one channel.'),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable()
    .optional(),
  salesChannels: z.array(idSchema('salesChannel')).max(100).optional(),
  sendsWheelchair: z.boolean().optional(),
  sendsRestrictedView: z.boolean().optional(),
  sendsHouseSeats: z.boolean().optional(),
};

const contingentSchema = z
  .object({
    id: idSchema('contingent'),
    code: z.string(),
    name: z.string(),
    kind: z.enum(['internal', 'external']),
    colour: z.string().nullable(),
    salesChannels: z.array(idSchema('salesChannel')).readonly(),
    sendsWheelchair: z.boolean(),
    sendsRestrictedView: z.boolean(),
    sendsHouseSeats: z.boolean(),
    version,
  })
  .meta({ id: 'Contingent' });

function presentContingent(row: Contingent): z.output<typeof contingentSchema> {
  return {
    id: printId('contingent', row.id),
    code: row.code,
    name: row.name,
    kind: row.kind,
    colour: row.colour,
    salesChannels: row.salesChannelIds.map((id) => printId('salesChannel', id)),
    sendsWheelchair: row.sends_wheelchair,
    sendsRestrictedView: row.sends_restricted_view,
    sendsHouseSeats: row.sends_house_seats,
    version: etagOf(row),
  };
}

function changeOf(of: Given<typeof fields>) {
  return {
    name: of.name,
    kind: of.kind,
    colour: of.colour,
    salesChannelIds: of.salesChannels?.map((id) => readId('salesChannel', id)),
    sends_wheelchair: of.sendsWheelchair,
    sends_restricted_view: of.sendsRestrictedView,
    sends_house_seats: of.sendsHouseSeats,
  };
}

function contingentRoutes(app: Api, { exchange }: RouteServices): void {
  const response = answers(editedSchema(contingentSchema).meta({ id: 'ContingentSaved' }));
  app.get(
    '/house/contingents',
    {
      config: READ,
      schema: { ...TAG, summary: 'Contingents of the house', response: listOf(contingentSchema) },
    },
    async (request) => {
      const rows = await listContingents(exchange, callerOf(request).organisationId);
      return { items: rows.map(presentContingent) };
    },
  );
  app.post(
    '/house/contingents',
    {
      config: WRITE,
      schema: {
        ...TAG,
        summary: 'A new contingent; closed until it gets seats or a quota',
        body: z.strictObject({ code: codeText, ...fields, ...editFields }),
        response,
      },
    },
    async (request) => {
      const { code, ...body } = request.body;
      const of = { id: null, code, change: changeOf(body) };
      const result = await saveContingent(exchange, editOf(request, body), of);
      return presentEdit(result, presentContingent);
    },
  );
  app.patch(
    '/house/contingents/:contingent',
    {
      config: WRITE,
      schema: {
        ...TAG,
        summary: 'Renames a contingent, or changes what it serves and sends',
        params: z.object({ contingent: idSchema('contingent') }),
        body: z.strictObject({ ...z.object(fields).partial().shape, ...editFields }),
        response,
      },
    },
    async (request) => {
      const id = readId('contingent', request.params.contingent);
      const of = { id, change: changeOf(request.body) };
      const result = await saveContingent(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentContingent);
    },
  );
}

const quotaTable = z
  .object({
    product: idSchema('product'),
    performance: idSchema('performance').nullable(),
    counters: z
      .array(
        z.object({
          id: idSchema('counter'),
          kind: z.enum(['zone', 'day', 'pass']),
          area: z.string().nullable(),
          day: z.string().nullable(),
          slotStarts: z.string().nullable(),
          slotEnds: z.string().nullable(),
          capacity: z.int().nullable(),
          sold: z.int(),
          held: z.int(),
          blocked: z.int(),
        }),
      )
      .readonly(),
    quotas: z
      .array(
        z.object({
          counter: idSchema('counter'),
          contingent: idSchema('contingent'),
          interface: idSchema('interface').nullable(),
          quota: z.int(),
          allotted: z.int().describe('At the reseller and unsold.'),
          sold: z.int(),
          held: z.int(),
          askedBack: z.int().describe('What the next export asks the reseller to give back.'),
        }),
      )
      .readonly(),
    seats: z
      .array(
        z.object({
          contingent: idSchema('contingent').nullable().describe('Null: in none.'),
          seats: z.int(),
          free: z.int(),
          sold: z.int(),
          held: z.int(),
          blocked: z.int(),
          allotted: z.int(),
        }),
      )
      .readonly()
      .describe('Numbered places of the performance.'),
  })
  .meta({ id: 'QuotaTable' });

function presentQuotas(table: QuotaTable): z.output<typeof quotaTable> {
  return {
    product: printId('product', table.productId),
    performance: printIdOrNull('performance', table.performanceId),
    counters: table.counters.map((one) => ({
      id: printId('counter', one.id),
      kind: one.kind,
      area: one.area,
      day: one.day,
      slotStarts: one.slot_starts?.slice(0, 5) ?? null,
      slotEnds: one.slot_ends?.slice(0, 5) ?? null,
      capacity: one.capacity,
      sold: one.sold,
      held: one.held,
      blocked: one.blocked,
    })),
    quotas: table.quotas.map(({ quota, allotted, sold, held, ...one }) => ({
      counter: printId('counter', one.counter_id),
      contingent: printId('contingent', one.contingent_id),
      interface: printIdOrNull('interface', one.interface_id),
      quota,
      allotted,
      sold,
      held,
      askedBack: one.askedBack,
    })),
    seats: table.seats.map(({ contingentId, ...counts }) => ({
      contingent: printIdOrNull('contingent', contingentId),
      ...counts,
    })),
  };
}

function quotaRoutes(app: Api, { exchange }: RouteServices, kind: 'performance' | 'product'): void {
  const params = z.object({ [kind]: idSchema(kind) });
  const scopeOf = (of: unknown): QuotaScope => {
    const id = readId(kind, (of as Record<string, string>)[kind] ?? '');
    return kind === 'performance' ? { performanceId: id } : { productId: id };
  };
  const url = `/${kind}s/:${kind}/quotas`;
  const what = kind === 'performance' ? 'a performance' : 'a pass, by day and slot';
  app.get(
    url,
    {
      config: READ,
      schema: {
        ...TAG,
        summary: `The shares of contingents of ${what}`,
        params,
        response: answers(quotaTable),
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const scope = scopeOf(request.params);
      const table = await readQuotas(exchange, { organisationId, ...scope });
      if (table === null) throw notFound(kind);
      reply.header('etag', etagOf(table));
      return presentQuotas(table);
    },
  );
  const line = z.strictObject({
    counter: idSchema('counter'),
    contingent: idSchema('contingent'),
    quota: countText,
    remove: z.boolean().optional(),
  });
  app.post(
    url,
    {
      config: WRITE,
      schema: {
        ...TAG,
        summary: `Changes the shares of contingents of ${what}`,
        description: 'Below what a reseller holds: the rest is asked back with the next export.',
        params,
        body: z.strictObject({ lines: z.array(line).min(1).max(1_000), ...editFields }),
        response: answers(
          editedSchema(quotaTable).meta({
            id: kind === 'performance' ? 'PerformanceQuotasSaved' : 'PassQuotasSaved',
          }),
        ),
      },
    },
    async (request) => {
      const result = await saveQuotas(exchange, editOf(request, request.body), {
        scope: scopeOf(request.params),
        lines: request.body.lines.map((one) => ({
          counterId: readId('counter', one.counter),
          contingentId: readId('contingent', one.contingent),
          quota: one.quota,
          remove: one.remove,
        })),
      });
      return presentEdit(result, presentQuotas, { list: 'lines' });
    },
  );
}
