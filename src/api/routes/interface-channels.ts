/** What an interface can be made of: channels, a test before saving, and commissions. */
import { z } from 'zod';
import {
  CHANNEL_FUNCTIONS,
  describeChannel,
  FUNCTION_REASONS,
} from '../../exchange/interfaces/describe-channel.ts';
import type { CommissionTable } from '../../exchange/interfaces/save-interface.ts';
import { readCommissions, saveCommissions } from '../../exchange/interfaces/save-interface.ts';
import { tryConnection } from '../../exchange/interfaces/try-connection.ts';
import { callerOf } from '../access.ts';
import { etagOf } from '../etag.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant } from '../route.ts';
import {
  codeText,
  editedSchema,
  editFields,
  editOf,
  instantText,
  presentEdit,
} from './house-edit.ts';
import { configBody, secretsBody } from './interface-settings.ts';

const TAG = { tags: ['interfaces'] };
const READ = { action: 'read' } as const;

export function interfaceChannelRoutes(app: Api, services: RouteServices): void {
  channelsRoute(app, services);
  tryRoute(app, services);
  commissionRoutes(app, services);
}

const texts = z.object({
  fr: z.string(),
  en: z.string(),
  de: z.string(),
  it: z.string(),
  es: z.string(),
});

const channelSchema = z
  .object({
    id: z.string(),
    title: texts,
    capabilities: z.record(z.string(), z.unknown()),
    functions: z
      .array(
        z.object({
          function: z.enum(CHANNEL_FUNCTIONS),
          reason: z.enum(FUNCTION_REASONS).nullable().describe('Null: it can; else why not.'),
        }),
      )
      .readonly(),
    fields: z
      .array(
        z.object({
          name: z.string(),
          label: texts,
          secret: z.boolean(),
          required: z.boolean(),
          type: z.enum(['string', 'number', 'integer', 'boolean']),
          usual: z.union([z.string(), z.number(), z.boolean(), z.null()]),
        }),
      )
      .readonly()
      .describe('The settings form, in its order.'),
    schema: z.record(z.string(), z.unknown()).describe('JSON Schema; secrets are writeOnly.'),
  })
  .meta({ id: 'Channel' });

function channelsRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/channels',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'The resellers that an interface can be made to, what each can and wants',
        response: answers(z.object({ items: z.array(channelSchema).readonly() })),
      },
    },
    async () => {
      const described = exchange.listChannels().map(describeChannel);
      return { items: described.map((one) => ({ ...one, capabilities: { ...one.capabilities } })) };
    },
  );
}

const TRY_MAX_MS = 30_000;

function tryRoute(app: Api, { exchange, background }: RouteServices): void {
  app.post(
    '/interfaces/try',
    {
      config: { action: 'interfaces.write' },
      schema: {
        ...TAG,
        summary: 'Tests the connection with settings that are not saved; nothing is kept',
        description:
          'On top of a stored interface where one is named; its passwords are used for its own ' +
          'addresses only.',
        body: z.strictObject({
          interface: idSchema('interface').optional(),
          channel: codeText.optional().describe('Of a new interface.'),
          config: configBody.optional(),
          secrets: secretsBody.optional(),
        }),
        response: answers(
          z
            .object({
              checks: z
                .array(
                  z.object({
                    service: z.string(),
                    outcome: z.enum([
                      'ok',
                      'wrong-password',
                      'unreachable',
                      'unknown-account',
                      'fault',
                    ]),
                    code: z.string().nullable(),
                    detail: z.string(),
                  }),
                )
                .readonly(),
            })
            .meta({ id: 'TriedConnection' }),
        ),
      },
    },
    async (request) => {
      const { channel = '', config, secrets, interface: id } = request.body;
      const tried = await tryConnection(exchange, {
        organisationId: callerOf(request).organisationId,
        interfaceId: id === undefined ? null : readId('interface', id),
        channel,
        config,
        secrets,
        signal: AbortSignal.any([background.signal, AbortSignal.timeout(TRY_MAX_MS)]),
      });
      if (tried.outcome === 'unknown') throw notFound(tried.what);
      if (tried.outcome === 'refused') {
        const errors = tried.problems.map(({ field, secret, code, message }) => ({
          path: `/${[secret ? 'secrets' : 'config', ...(field === null ? [] : [field])].join('/')}`,
          code,
          message,
        }));
        const code = tried.problems[0]?.code ?? 'house.settings';
        throw new ApiProblem(422, code, 'Nothing was asked: see errors.', { errors });
      }
      const checks = tried.checks.map(({ service, outcome, code, detail }) => {
        return { service, outcome, code: code ?? null, detail };
      });
      return { checks };
    },
  );
}

const commissionTable = z
  .object({
    interface: idSchema('interface'),
    currency: z.string(),
    items: z
      .array(
        z.object({
          id: idSchema('commission'),
          product: idSchema('product').nullable().describe('Null: every product.'),
          tariff: idSchema('tariff').nullable().describe('Null: every tariff.'),
          kind: z.enum(['amount', 'percent']),
          value: z.int().describe('Minor units, or hundredths of a percent.'),
          onTop: z.boolean(),
          validFrom: instant,
        }),
      )
      .readonly(),
  })
  .meta({ id: 'CommissionTable' });

function presentCommissions(table: CommissionTable): z.output<typeof commissionTable> {
  return {
    interface: printId('interface', table.interfaceId),
    currency: table.currency,
    items: table.commissions.map(({ id, productId, tariffId, ...row }) => ({
      id: printId('commission', id),
      product: printIdOrNull('product', productId),
      tariff: printIdOrNull('tariff', tariffId),
      ...row,
    })),
  };
}

function commissionRoutes(app: Api, { exchange }: RouteServices): void {
  const params = z.object({ interface: idSchema('interface') });
  app.get(
    '/interfaces/:interface/commissions',
    {
      config: READ,
      schema: {
        ...TAG,
        summary: 'Commissions of an interface, with their history',
        params,
        response: answers(commissionTable),
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const table = await readCommissions(exchange, { organisationId, interfaceId });
      if (table === null) throw notFound('interface');
      reply.header('etag', etagOf(table));
      return presentCommissions(table);
    },
  );
  const line = z.strictObject({
    product: idSchema('product').nullable().default(null),
    tariff: idSchema('tariff').nullable().default(null),
    kind: z.enum(['amount', 'percent']),
    value: z.int().min(0).max(99_999_999_999),
    onTop: z.boolean().optional(),
    validFrom: instantText.optional().describe('Absent: the first one, or from now on.'),
    remove: z.boolean().optional(),
  });
  app.post(
    '/interfaces/:interface/commissions',
    {
      config: { action: 'interfaces.write' },
      schema: {
        ...TAG,
        summary: 'Changes commissions: what was valid stays, another counts from now or later',
        params,
        body: z.strictObject({ lines: z.array(line).min(1).max(1_000), ...editFields }),
        response: answers(editedSchema(commissionTable).meta({ id: 'CommissionsSaved' })),
      },
    },
    async (request) => {
      const result = await saveCommissions(exchange, editOf(request, request.body), {
        interfaceId: readId('interface', request.params.interface),
        lines: request.body.lines.map(({ product, tariff, ...rest }) => ({
          productId: product === null ? null : readId('product', product),
          tariffId: tariff === null ? null : readId('tariff', tariff),
          ...rest,
        })),
      });
      return presentEdit(result, presentCommissions, { list: 'lines' });
    },
  );
}
