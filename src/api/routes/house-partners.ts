/** The house itself, its sales channels and its points of sale. */
import { z } from 'zod';
import type { OrganisationRow } from '../../exchange/house-edit/organisation.ts';
import {
  changeOrganisation,
  readOrganisationSettings,
} from '../../exchange/house-edit/organisation.ts';
import type { PointOfSaleRow, SalesChannelRow } from '../../exchange/house-edit/partners.ts';
import { listPartners, savePartner } from '../../exchange/house-edit/partners.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, readId } from '../ids.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, LANGUAGES, text } from '../route.ts';
import type { Given } from './house-edit.ts';
import {
  codeText,
  editedSchema,
  editFields,
  editOf,
  listOf,
  nameText,
  presentEdit,
  version,
} from './house-edit.ts';

const TAG = { tags: ['house'] };
const config = { action: 'house.write' } as const;
const READ = { action: 'read' } as const;

export function housePartnerRoutes(app: Api, services: RouteServices): void {
  organisationRoutes(app, services);
  salesChannelRoutes(app, services);
  pointOfSaleRoutes(app, services);
}

const organisationSchema = z
  .object({
    code: z.string(),
    name: z.string(),
    language: z.enum(LANGUAGES),
    timeZone: z.string(),
    currency: z.string().describe('Fixed: the books are kept in it.'),
    businessDayEndsAt: z.string(),
    version,
  })
  .meta({ id: 'Organisation' });

function presentOrganisation(row: OrganisationRow): z.output<typeof organisationSchema> {
  return {
    code: row.code,
    name: row.name,
    language: row.language as 'fr',
    timeZone: row.time_zone,
    currency: row.currency,
    businessDayEndsAt: row.business_day_ends_at.slice(0, 5),
    version: etagOf(row),
  };
}

function organisationRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/organisation',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'The house: its name, language, zone and currency',
        response: answers(organisationSchema),
      },
    },
    async (request, reply) => {
      const row = await readOrganisationSettings(exchange, callerOf(request).organisationId);
      reply.header('etag', etagOf(row));
      return presentOrganisation(row);
    },
  );
  app.patch(
    '/organisation',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Changes settings of the house',
        body: z.strictObject({
          name: nameText.optional(),
          language: z.enum(LANGUAGES).optional(),
          timeZone: text(60).min(1).optional(),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/)
            .optional(),
          businessDayEndsAt: z
            .string()
            .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
            .optional(),
          ...editFields,
        }),
        response: answers(editedSchema(organisationSchema).meta({ id: 'OrganisationChanged' })),
      },
    },
    async (request) => {
      const { name, language, timeZone, currency, businessDayEndsAt } = request.body;
      const result = await changeOrganisation(exchange, editOf(request, request.body), {
        name,
        language,
        time_zone: timeZone,
        currency,
        business_day_ends_at: businessDayEndsAt,
      });
      return presentEdit(result, presentOrganisation);
    },
  );
}

const salesChannelSchema = z
  .object({
    id: idSchema('salesChannel'),
    code: z.string(),
    name: z.string(),
    kind: z.enum(['external', 'internal']),
    acceptsThirdParty: z.boolean(),
    version,
  })
  .meta({ id: 'SalesChannel' });

function presentSalesChannel(row: SalesChannelRow): z.output<typeof salesChannelSchema> {
  const { id, code, name, kind, accepts_third_party: acceptsThirdParty } = row;
  const shown = { id: printId('salesChannel', id), code, name, kind, acceptsThirdParty };
  return { ...shown, version: etagOf(row) };
}

function salesChannelRoutes(app: Api, { exchange }: RouteServices): void {
  const fields = {
    name: nameText,
    kind: z.enum(['external', 'internal']),
    acceptsThirdParty: z.boolean(),
  };
  const response = answers(editedSchema(salesChannelSchema).meta({ id: 'SalesChannelSaved' }));
  const params = z.object({ channel: idSchema('salesChannel') });
  app.get(
    '/house/sales-channels',
    {
      config: READ,
      schema: { ...TAG, summary: 'Sales channels', response: listOf(salesChannelSchema) },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const rows = await listPartners(exchange, organisationId, 'sales_channel');
      return { items: rows.map(presentSalesChannel) };
    },
  );
  const change = (of: Given<typeof fields>) => {
    const { name, kind, acceptsThirdParty } = of;
    return { name, kind, accepts_third_party: acceptsThirdParty };
  };
  app.post(
    '/house/sales-channels',
    {
      config,
      schema: {
        ...TAG,
        summary: 'A new sales channel',
        body: z.strictObject({ code: codeText, ...fields, ...editFields }),
        response,
      },
    },
    async (request) => {
      const { code, ...body } = request.body;
      const of = { table: 'sales_channel', id: null, code, change: change(body) } as const;
      const result = await savePartner(exchange, editOf(request, body), of);
      return presentEdit(result, presentSalesChannel);
    },
  );
  app.patch(
    '/house/sales-channels/:channel',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Changes a sales channel',
        params,
        body: z.strictObject({ ...z.object(fields).partial().shape, ...editFields }),
        response,
      },
    },
    async (request) => {
      const id = readId('salesChannel', request.params.channel);
      const of = { table: 'sales_channel', id, change: change(request.body) } as const;
      const result = await savePartner(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentSalesChannel);
    },
  );
}

const pointOfSaleSchema = z
  .object({
    id: idSchema('pointOfSale'),
    code: z.string(),
    name: z.string(),
    salesChannel: idSchema('salesChannel'),
    acceptsPendingAccount: z.boolean(),
    version,
  })
  .meta({ id: 'PointOfSale' });

function presentPointOfSale(row: PointOfSaleRow): z.output<typeof pointOfSaleSchema> {
  return {
    id: printId('pointOfSale', row.id),
    code: row.code,
    name: row.name,
    salesChannel: printId('salesChannel', row.sales_channel_id),
    acceptsPendingAccount: row.accepts_pending_account,
    version: etagOf(row),
  };
}

function pointOfSaleRoutes(app: Api, { exchange }: RouteServices): void {
  const fields = {
    name: nameText,
    salesChannel: idSchema('salesChannel'),
    acceptsPendingAccount: z.boolean(),
  };
  const response = answers(editedSchema(pointOfSaleSchema).meta({ id: 'PointOfSaleSaved' }));
  app.get(
    '/house/points-of-sale',
    {
      config: READ,
      schema: { ...TAG, summary: 'Points of sale', response: listOf(pointOfSaleSchema) },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const rows = await listPartners(exchange, organisationId, 'point_of_sale');
      return { items: rows.map(presentPointOfSale) };
    },
  );
  const change = (of: Given<typeof fields>) => ({
    name: of.name,
    sales_channel_id:
      of.salesChannel === undefined ? undefined : readId('salesChannel', of.salesChannel),
    accepts_pending_account: of.acceptsPendingAccount,
  });
  app.post(
    '/house/points-of-sale',
    {
      config,
      schema: {
        ...TAG,
        summary: 'A new point of sale',
        body: z.strictObject({ code: codeText, ...fields, ...editFields }),
        response,
      },
    },
    async (request) => {
      const { code, ...body } = request.body;
      const of = { table: 'point_of_sale', id: null, code, change: change(body) } as const;
      const result = await savePartner(exchange, editOf(request, body), of);
      return presentEdit(result, presentPointOfSale);
    },
  );
  app.patch(
    '/house/points-of-sale/:pointOfSale',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Changes a point of sale',
        params: z.object({ pointOfSale: idSchema('pointOfSale') }),
        body: z.strictObject({ ...z.object(fields).partial().shape, ...editFields }),
        response,
      },
    },
    async (request) => {
      const id = readId('pointOfSale', request.params.pointOfSale);
      const of = { table: 'point_of_sale', id, change: change(request.body) } as const;
      const result = await savePartner(exchange, editOf(request, request.body), of);
      return presentEdit(result, presentPointOfSale);
    },
  );
}
