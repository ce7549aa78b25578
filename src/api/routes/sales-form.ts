/** The sales form (*fiche de mise en vente*), its letter, and its answer sheet. */
import { z } from 'zod';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import { readCatalogue, readInterface } from '../../exchange/reading/inventory.ts';
import { ANSWER_BYTES_MAX, importAnswer } from '../../exchange/selling/answer-sheet.ts';
import { writeFormPdf } from '../../exchange/selling/form-pdf.ts';
import { writeFormWorkbook } from '../../exchange/selling/form-workbook.ts';
import { readSalesForm } from '../../exchange/selling/sales-form.ts';
import { letterOf, markFormSent } from '../../exchange/selling/send-form.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idListSchema, idSchema, printId, readId, readIds } from '../ids.ts';
import { notFound, refusal } from '../problem.ts';
import { replayBy } from '../replay-freed.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, languageQuery } from '../route.ts';
import { downloadName, fileOf, withUploads, XLSX } from '../uploads.ts';

const TAG = { tags: ['selling'] };
const PDF = 'application/pdf';
const interfaceParams = z.object({ interface: idSchema('interface') });
const formQuery = z.strictObject({
  product: idListSchema('product', 100),
  performance: idListSchema('performance').optional().describe('Without: all that are to come.'),
  ...languageQuery,
});
export const letterSchema = z.object({
  to: z.array(z.string()).readonly(),
  subject: z.string(),
  text: z.string(),
});

export function salesFormRoutes(app: Api, services: RouteServices): void {
  formRoutes(app, services);
  sentRoute(app, services);
  answerRoute(app, services);
}

export interface Where {
  organisationId: number;
  interfaceId: number;
}

/** The interface of the address, or 404. */
export async function recordOf(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
) {
  const where: Where = { organisationId, interfaceId: readId('interface', id) };
  const record = await readInterface(exchange, where);
  if (record === null) throw notFound('interface');
  return { where, record };
}

/** The products of a request, which must be there; and its performances, which must be theirs. */
async function chosen(
  { exchange }: RouteServices,
  organisationId: number,
  of: { products: readonly number[]; performances: readonly number[] | null },
): Promise<{ productIds: readonly number[]; performanceIds?: readonly number[] }> {
  const { productById, performanceById } = await readCatalogue(exchange, organisationId);
  const { products: productIds, performances } = of;
  if (productIds.some((id) => !productById.has(id))) throw notFound('product');
  if (performances === null) return { productIds };
  const isTheirs = (id: number) => productIds.includes(performanceById.get(id)?.productId ?? 0);
  if (!performances.every(isTheirs)) throw notFound('performance of these products');
  return { productIds, performanceIds: performances };
}

async function formOf(
  services: RouteServices,
  caller: Caller,
  id: string,
  query: z.output<typeof formQuery>,
) {
  const { where, record } = await recordOf(services, caller, id);
  const choice = await chosen(services, where.organisationId, {
    products: readIds('product', query.product),
    performances:
      query.performance === undefined ? null : readIds('performance', query.performance),
  });
  const answer = await readSalesForm(services.exchange, { ...where, ...choice });
  if (answer.outcome === 'not_sellable') {
    throw refusal('form.not_sellable', { params: { product: answer.product } });
  }
  return { form: answer.form, code: record.code };
}

const formSchema = z
  .object({
    letter: letterSchema.describe('Ready to be sent with the two files.'),
    missing: z.array(z.string()).readonly().describe('What has no price: the form is not whole.'),
    products: z
      .array(
        z.object({
          id: idSchema('product'),
          code: z.string(),
          name: z.string(),
          dates: z
            .array(z.object({ code: z.string(), start: z.string(), hall: z.string() }))
            .readonly(),
          prices: z.int(),
          places: z.int(),
        }),
      )
      .readonly(),
    codesAsked: z
      .array(
        z.object({
          word: z.enum(MAPPING_WORDS),
          season: z.string(),
          ours: z.string(),
          name: z.string(),
        }),
      )
      .readonly()
      .describe('Codes that the reseller is asked for.'),
  })
  .meta({ id: 'SalesForm' });

function formRoutes(app: Api, services: RouteServices): void {
  const shared = { ...TAG, params: interfaceParams, querystring: formQuery };
  app.get(
    '/interfaces/:interface/sales-form',
    {
      config: { action: 'read' },
      schema: {
        ...shared,
        summary: 'What the form of these products says, and the letter that goes with it',
        response: answers(formSchema),
      },
    },
    async (request) => {
      const { params, query } = request;
      const { form } = await formOf(services, callerOf(request), params.interface, query);
      return {
        letter: letterOf(form, query.language),
        missing: form.missing,
        products: form.products.map(({ id, code, name, dates, prices, quotas }) => ({
          id: printId('product', id),
          code,
          name,
          dates,
          prices: prices.length,
          places: quotas.reduce((sum, one) => sum + one.places, 0),
        })),
        codesAsked: form.codes
          .filter(({ external }) => external === '')
          .map(({ word, season, ours, name }) => ({ word, season, ours, name })),
      };
    },
  );
  const files = [
    {
      ending: 'xlsx',
      type: XLSX,
      write: writeFormWorkbook,
      what: 'an Excel file with the answer sheet',
    },
    { ending: 'pdf', type: PDF, write: writeFormPdf, what: 'a PDF' },
  ] as const;
  for (const { ending, type, write, what } of files) {
    app.get(
      `/interfaces/:interface/sales-form.${ending}`,
      {
        config: { action: 'read' },
        schema: { ...shared, summary: `The sales form as ${what}`, produces: [type] },
      },
      async (request, reply) => {
        const { params, query } = request;
        const { form, code } = await formOf(services, callerOf(request), params.interface, query);
        const products = form.products.map((one) => one.code);
        const bytes = await write(form, query.language);
        reply.header('content-disposition', downloadName(code, ...products, `form.${ending}`));
        return reply.type(type).send(bytes);
      },
    );
  }
}

function sentRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/sales-form/sent',
    {
      config: { action: 'selling.write' },
      schema: {
        ...TAG,
        summary: 'The form went out: its prices count as told, its products are a step further',
        params: interfaceParams,
        body: z.strictObject({ products: z.array(idSchema('product')).min(1).max(100) }),
        response: answers(z.object({ prices: z.int() })),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { where } = await recordOf(services, caller, request.params.interface);
      const products = request.body.products.map((id) => readId('product', id));
      const { productIds } = await chosen(services, where.organisationId, {
        products,
        performances: null,
      });
      return await markFormSent(services.exchange, {
        ...where,
        productIds: [...new Set(productIds)],
        author: caller.author,
      });
    },
  );
}

function answerRoute(app: Api, services: RouteServices): void {
  withUploads(app, [XLSX], (files) => {
    files.post(
      '/interfaces/:interface/sales-form/answer',
      {
        bodyLimit: ANSWER_BYTES_MAX,
        config: { action: 'mappings.write' },
        schema: {
          ...TAG,
          summary: 'The form that came back: what its codes would change; written with apply=true',
          consumes: [XLSX],
          params: interfaceParams,
          querystring: z.strictObject({ apply: z.enum(['true', 'false']).default('false') }),
          response: answers(
            z
              .object({
                outcome: z.enum(['saved', 'foretold', 'nothing']),
                created: z.int(),
                updated: z.int(),
                left: z.int().describe('Lines whose code is still empty.'),
                freed: z.int().describe('Cases that are read again.'),
              })
              .meta({ id: 'FormAnswer' }),
          ),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { where, record } = await recordOf(services, caller, request.params.interface);
        const result = await importAnswer(
          services.exchange,
          {
            ...where,
            file: fileOf(request.body),
            apply: request.query.apply === 'true',
            author: caller.author,
          },
          replayBy(services, caller),
        );
        switch (result.outcome) {
          case 'not_a_form':
            throw refusal('form.not_a_form', { params: { reason: result.reason.slice(0, 200) } });
          case 'other_interface': {
            const params = { interface: result.interface, asked: record.code };
            throw refusal('form.other_interface', { params });
          }
          case 'refused':
            throw refusal(result.faults[0]?.code ?? 'mapping.refused', { errors: result.faults });
          default:
            return { ...result, freed: result.freed.length };
        }
      },
    );
  });
}
