/** Making an interface and changing what is set of it. Secrets go in and never come out. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callerMay } from '../../domain/people/role.ts';
import type { InterfaceSettings } from '../../exchange/interfaces/interface-settings.ts';
import { readInterfaceSettings } from '../../exchange/interfaces/interface-settings.ts';
import type { InterfaceChange } from '../../exchange/interfaces/save-interface.ts';
import { changeInterface, createInterface } from '../../exchange/interfaces/save-interface.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, LANGUAGES, minor, text } from '../route.ts';
import type { Given } from './house-edit.ts';
import {
  codeText,
  countText,
  editedSchema,
  editFields,
  editOf,
  instantText,
  nameText,
  presentEdit,
} from './house-edit.ts';

const TAG = { tags: ['interfaces'] };
const params = z.object({ interface: idSchema('interface') });

const policy = z.enum(['error', 'ours', 'reseller']);
const status = z.enum(['visible', 'hidden', 'archived']);
const texts = z.partialRecord(z.enum(LANGUAGES), z.string());

const settingsSchema = z
  .object({
    id: idSchema('interface'),
    code: z.string(),
    names: texts,
    reseller: z.string(),
    channel: z.string(),
    salesChannel: idSchema('salesChannel'),
    pointOfSale: idSchema('pointOfSale').nullable(),
    contact: idSchema('contact').nullable(),
    pendingAccount: idSchema('account').nullable(),
    account: z.string().describe('What names us at the reseller.'),
    accountOpenedAt: instant.nullable(),
    currency: z.string(),
    timeZone: z.string(),
    pricePolicy: policy,
    priceToleranceMinor: z.int(),
    priceGraceHours: z.int(),
    priceIncludesCommission: z.boolean(),
    commissionVatHundredths: z.int(),
    ceilingBlocks: z.boolean(),
    houseStockMaximum: z.int(),
    status,
    notifiedEmails: z.array(z.string()).readonly(),
    people: z
      .array(
        z.object({
          name: z.string(),
          mail: z.string().optional(),
          phone: z.string().optional(),
        }),
      )
      .readonly(),
    products: z.array(idSchema('product')).readonly().describe('Empty: all of its account.'),
    config: z.record(z.string(), z.unknown()).describe('Settings of the channel; no secret.'),
    secrets: z
      .array(
        z.object({
          field: z.string(),
          set: z.literal(true),
          setAt: instant.nullable().describe('Null: before this was kept.'),
        }),
      )
      .readonly()
      .describe('The secrets that are set; what they are is told to nobody.'),
    booked: z.boolean().describe('Something is booked: account and currency stay.'),
  })
  .meta({ id: 'InterfaceSettings' });

function presentSettings(row: InterfaceSettings): z.output<typeof settingsSchema> {
  return {
    id: printId('interface', row.id),
    code: row.code,
    names: { ...row.names },
    reseller: row.reseller,
    channel: row.channel,
    salesChannel: printId('salesChannel', row.salesChannelId),
    pointOfSale: printIdOrNull('pointOfSale', row.pointOfSaleId),
    contact: printIdOrNull('contact', row.contactId),
    pendingAccount: printIdOrNull('account', row.pendingAccountId),
    account: row.account,
    accountOpenedAt: row.accountOpenedAt,
    currency: row.currency,
    timeZone: row.timeZone,
    pricePolicy: row.pricePolicy,
    priceToleranceMinor: row.priceToleranceMinor,
    priceGraceHours: row.priceGraceHours,
    priceIncludesCommission: row.priceIncludesCommission,
    commissionVatHundredths: row.commissionVatHundredths,
    ceilingBlocks: row.ceilingBlocks,
    houseStockMaximum: row.houseStockMaximum,
    status: row.status,
    notifiedEmails: row.notifiedEmails,
    people: row.people,
    products: row.productIds.map((id) => printId('product', id)),
    config: { ...row.config },
    secrets: row.secretStates.map(({ field, setAt }) => ({ field, set: true as const, setAt })),
    booked: row.booked,
  };
}

/** Names of settings are the channel's; what it does not know it refuses by its schema. */
const settingName = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/);
export const settingsText = text(2_000);
export const configBody = z.record(
  settingName,
  z.union([settingsText, z.number().min(-1e9).max(1e9), z.boolean(), z.null()]),
);
export const secretsBody = z
  .record(settingName, settingsText.min(1).nullable())
  .describe('Set or replaced; null takes one away. Only with secrets.write.');

const namesBody = z.strictObject({
  fr: nameText,
  en: nameText.optional(),
  es: nameText.optional(),
  de: nameText.optional(),
  it: nameText.optional(),
});

const required = {
  names: namesBody,
  reseller: nameText,
  salesChannel: idSchema('salesChannel'),
};

const optional = {
  pointOfSale: idSchema('pointOfSale').nullable().optional(),
  contact: idSchema('contact').nullable().optional(),
  pendingAccount: idSchema('account').nullable().optional(),
  account: nameText.optional().describe('Else the channel’s settings say it.'),
  accountOpenedAt: instantText.nullable().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  timeZone: text(60).min(1).optional(),
  pricePolicy: policy.optional(),
  priceToleranceMinor: minor.min(0).max(99_999_999_999).optional(),
  priceGraceHours: z.int().min(0).max(1_000).optional(),
  priceIncludesCommission: z.boolean().optional(),
  commissionVatHundredths: z.int().min(0).max(10_000).optional(),
  ceilingBlocks: z.boolean().optional(),
  houseStockMaximum: countText.optional(),
  status: status.optional(),
  notifiedEmails: z.array(z.email().max(254)).max(50).optional(),
  people: z
    .array(
      z.strictObject({
        name: nameText,
        mail: text(200).optional(),
        phone: text(60).optional(),
      }),
    )
    .max(50)
    .optional(),
  products: z.array(idSchema('product')).max(1_000).optional(),
  config: configBody.optional(),
  secrets: secretsBody.optional(),
};

const changeBody = z.strictObject({
  ...z.object(required).partial().shape,
  ...optional,
  ...editFields,
});
const createBody = z.strictObject({
  code: codeText,
  channel: codeText.describe('One of /channels.'),
  ...required,
  ...optional,
  ...editFields,
});

type Body = Given<typeof required & typeof optional>;

function idOf(
  kind: 'pointOfSale' | 'contact' | 'account',
  id: string | null | undefined,
): number | null | undefined {
  return id === null || id === undefined ? id : readId(kind, id);
}

function changeOf(body: Body): InterfaceChange {
  return {
    names: body.names,
    reseller: body.reseller,
    salesChannelId:
      body.salesChannel === undefined ? undefined : readId('salesChannel', body.salesChannel),
    pointOfSaleId: idOf('pointOfSale', body.pointOfSale),
    contactId: idOf('contact', body.contact),
    pendingAccountId: idOf('account', body.pendingAccount),
    account: body.account,
    accountOpenedAt: body.accountOpenedAt,
    currency: body.currency,
    timeZone: body.timeZone,
    pricePolicy: body.pricePolicy,
    priceToleranceMinor: body.priceToleranceMinor,
    priceGraceHours: body.priceGraceHours,
    priceIncludesCommission: body.priceIncludesCommission,
    commissionVatHundredths: body.commissionVatHundredths,
    ceilingBlocks: body.ceilingBlocks,
    houseStockMaximum: body.houseStockMaximum,
    status: body.status,
    notifiedEmails: body.notifiedEmails,
    people: body.people,
    productIds: body.products?.map((id) => readId('product', id)),
    config: body.config,
    secrets: body.secrets,
  };
}

const WORDS = {
  fields: {
    account_opened: 'accountOpenedAt',
    price_tolerance: 'priceToleranceMinor',
    commission_vat: 'commissionVatHundredths',
  },
};

/** Secrets, wherever in the body they stand, are for those who may set them. */
function checkSecrets(
  request: FastifyRequest,
  { exchange }: RouteServices,
  channelId: string,
  body: Pick<Body, 'config' | 'secrets'>,
): void {
  const fields = exchange.findChannel(channelId)?.config.fields ?? {};
  const inConfig = Object.keys(body.config ?? {}).some((field) => fields[field]?.secret === true);
  if (!inConfig && Object.keys(body.secrets ?? {}).length === 0) return;
  if (callerMay(callerOf(request), 'secrets.write')) return;
  throw new ApiProblem(403, 'caller.may_not', 'Your role, or your key, may not set passwords.', {
    params: { action: 'secrets.write' },
  });
}

export function interfaceSettingsRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  const response = answers(editedSchema(settingsSchema).meta({ id: 'InterfaceSaved' }));
  app.post(
    '/interfaces',
    {
      config: { action: 'interfaces.write' },
      schema: {
        ...TAG,
        summary: 'A new interface, hidden until its status says otherwise',
        description: 'Choose its channel among /channels: it stays. Passwords need secrets.write.',
        body: createBody,
        response,
      },
    },
    async (request) => {
      const { code, channel, names, reseller, salesChannel } = request.body;
      checkSecrets(request, services, channel, request.body);
      if (exchange.findChannel(channel) === undefined) throw notFound('channel');
      const result = await createInterface(exchange, editOf(request, request.body), {
        ...changeOf(request.body),
        code,
        channel,
        names,
        reseller,
        salesChannelId: readId('salesChannel', salesChannel),
      });
      return presentEdit(result, presentSettings, WORDS);
    },
  );
  app.get(
    '/interfaces/:interface/settings',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'All that is set of an interface; its ETag goes with a change as If-Match',
        params,
        response: answers(settingsSchema),
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const settings = await readInterfaceSettings(exchange, { organisationId, interfaceId });
      if (settings === null) throw notFound('interface');
      reply.header('etag', etagOf(settings));
      return presentSettings(settings);
    },
  );
  app.patch(
    '/interfaces/:interface/settings',
    {
      config: { action: 'interfaces.write' },
      schema: {
        ...TAG,
        summary: 'Changes an interface: what is absent stays, null empties',
        description:
          'A field of `config` that is absent stays. With another address its passwords are ' +
          'given again. Archived or hidden by its status: it then runs nothing.',
        params,
        body: changeBody,
        response,
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const settings = await readInterfaceSettings(exchange, { organisationId, interfaceId });
      if (settings === null) throw notFound('interface');
      checkSecrets(request, services, settings.channel, request.body);
      const change = changeOf(request.body);
      const edit = editOf(request, request.body);
      const result = await changeInterface(exchange, edit, { interfaceId, change });
      return presentEdit(result, presentSettings, WORDS);
    },
  );
}
