/** Mappings of an interface: the table, single changes, the queue, and Excel out and in. */
import { z } from 'zod';
import { markNotOurs, setValues, unmarkNotOurs } from '../../domain/mapping/edit-table.ts';
import { MAPPING_WORDS } from '../../domain/mapping/mapping-row.ts';
import { exportMappings, importMappings, readTable } from '../../exchange/import-mappings.ts';
import { readMappingQueue } from '../../exchange/mapping-queue.ts';
import type { MappingTable } from '../../exchange/mapping-table.ts';
import { nameOfRow } from '../../exchange/mapping-table.ts';
import { readInterface } from '../../exchange/reading/inventory.ts';
import { saveMappings } from '../../exchange/save-mappings.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { notFound, refusal } from '../problem.ts';
import { replayBy } from '../replay-freed.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, languageQuery, reason, text } from '../route.ts';

const TAG = { tags: ['mappings'] };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE_MAX = 20 * 1024 * 1024;

const interfaceParams = z.object({ interface: idSchema('interface') });
const word = z.enum(MAPPING_WORDS);

const mappingSchema = z
  .object({
    id: idSchema('mapping'),
    word,
    season: idSchema('season').nullable().describe('Null: every season.'),
    ours: z.string().nullable().describe('Our key; null: these values are not ours.'),
    name: z.string(),
    external: z.array(z.string()).readonly().describe('The reseller’s; the first is sent.'),
    notOurs: z.boolean(),
    changedAt: instant,
    changedBy: z.string(),
  })
  .meta({ id: 'Mapping' });

const queueSchema = z
  .object({
    word,
    value: z.string(),
    parent: z.string().describe('What it came with: a product, a configuration; or nothing.'),
    seenCount: z.int(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    suggestions: z
      .array(z.object({ key: z.string(), name: z.string(), reason: z.string() }))
      .readonly(),
  })
  .meta({ id: 'UnmappedValue' });

const savedSchema = z
  .object({
    outcome: z.enum(['saved', 'foretold']),
    created: z.int(),
    updated: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    covered: z.int().describe('Values taken off the queue.'),
    freed: z.int().describe('Cases that are read again.'),
    settledAsNotOurs: z.int(),
  })
  .meta({ id: 'SavedMappings' });

const values = z.array(text(500).min(1)).min(1).max(200);
const season = idSchema('season').nullable().default(null);
const changeBody = z.strictObject({
  change: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('set'),
      word,
      season,
      ours: text(500).min(1),
      external: values,
      add: z.boolean().default(false).describe('Beside the values it has.'),
    }),
    z.strictObject({ kind: z.literal('not_ours'), word, season, external: values }),
    z.strictObject({ kind: z.literal('ours_after_all'), word, season, external: values }),
    z.strictObject({
      kind: z.literal('remove'),
      mappings: z.array(idSchema('mapping')).min(1).max(1_000),
    }),
  ]),
  reason: reason.optional(),
  foretell: z.boolean().default(false),
});
type Change = z.output<typeof changeBody>['change'];

export function mappingRoutes(app: Api, services: RouteServices): void {
  listRoutes(app, services);
  changeRoute(app, services);
  fileRoutes(app, services);
}

interface Where {
  organisationId: number;
  interfaceId: number;
}

async function whereOf(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
): Promise<Where> {
  const where = { organisationId, interfaceId: readId('interface', id) };
  if ((await readInterface(exchange, where)) === null) throw notFound('interface');
  return where;
}

function listRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.get(
    '/interfaces/:interface/mappings',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The whole table; its ETag goes with a change as If-Match',
        params: interfaceParams,
        response: answers(z.object({ items: z.array(mappingSchema).readonly() })),
      },
    },
    async (request, reply) => {
      const where = await whereOf(services, callerOf(request), request.params.interface);
      const table = await readTable(exchange, where);
      reply.header('etag', etagOf(versionOf(table)));
      return {
        items: table.rows.map((row) => ({
          ...row,
          id: printId('mapping', row.id),
          season: printIdOrNull('season', row.seasonId),
          name: nameOfRow(row, table),
        })),
      };
    },
  );
  app.get(
    '/interfaces/:interface/mappings/queue',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Values that were seen without a mapping, the most seen first',
        params: interfaceParams,
        response: answers(z.object({ items: z.array(queueSchema).readonly() })),
      },
    },
    async (request) => {
      const where = await whereOf(services, callerOf(request), request.params.interface);
      const queue = await readMappingQueue(exchange, where);
      return {
        items: queue,
      };
    },
  );
}

/** What a change depends on. */
function versionOf({ rows }: Pick<MappingTable, 'rows'>): unknown {
  return rows.map(({ id, word: of, seasonId, ours, external, notOurs, rule }) => [
    id,
    of,
    seasonId,
    ours,
    external,
    notOurs,
    rule ?? null,
  ]);
}

function changesOf(change: Change, { rows, seasons }: MappingTable) {
  if (change.kind === 'remove') {
    const ids = change.mappings.map((id) => readId('mapping', id));
    if (ids.some((id) => !rows.some((row) => row.id === id))) throw notFound('mapping');
    return { save: [], remove: ids };
  }
  const seasonId = change.season === null ? null : readId('season', change.season);
  if (seasonId !== null && !seasons.some(({ id }) => id === seasonId)) throw notFound('season');
  const { word: of, external } = change;
  if (change.kind === 'not_ours') return markNotOurs(rows, of, seasonId, external);
  if (change.kind === 'ours_after_all') return unmarkNotOurs(rows, of, seasonId, external);
  const draft = { id: null, word: of, seasonId, ours: change.ours, external, notOurs: false };
  return setValues(rows, draft, change.add);
}

function changeRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/mappings',
    {
      config: { action: 'mappings.write' },
      schema: {
        ...TAG,
        summary: 'Changes mappings; the cases that this frees are read again at once',
        description: 'With If-Match it is done only to the table that the caller has seen.',
        params: interfaceParams,
        body: changeBody,
        response: answers(savedSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const where = await whereOf(services, caller, request.params.interface);
      const { change, reason: why = null, foretell } = request.body;
      const saved = await saveMappings(
        services.exchange,
        {
          ...where,
          author: caller.author,
          reason: why,
          foretell,
          changes: (table) => {
            checkIfMatch(request, versionOf(table));
            return changesOf(change, table);
          },
        },
        replayBy(services, caller),
      );
      if (saved.outcome === 'refused') throw refusedBy(saved.faults);
      return presentSaved(saved);
    },
  );
}

function refusedBy(faults: readonly { code: string }[]) {
  return refusal(faults[0]?.code ?? 'mapping.refused', { errors: faults });
}

type Saved = Exclude<Awaited<ReturnType<typeof saveMappings>>, { outcome: 'refused' }>;

function presentSaved(saved: Saved): z.output<typeof savedSchema> {
  const { outcome, plan, covered, freed, settledAsNotOurs } = saved;
  return {
    outcome,
    created: plan.created.length,
    updated: plan.updated.length,
    removed: plan.removed.length,
    unchanged: plan.unchanged,
    covered,
    freed: freed.length,
    settledAsNotOurs: settledAsNotOurs.length,
  };
}

function fileRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.get(
    '/interfaces/:interface/mappings.xlsx',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The table as an Excel file',
        params: interfaceParams,
        querystring: z.strictObject(languageQuery),
        produces: [XLSX],
      },
    },
    async (request, reply) => {
      const where = await whereOf(services, callerOf(request), request.params.interface);
      const file = await exportMappings(exchange, { ...where, ...request.query });
      reply.header('content-disposition', 'attachment; filename="mappings.xlsx"');
      return reply.type(XLSX).send(file);
    },
  );
  const flag = z.enum(['true', 'false']).default('false');
  app.register(async (scope) => {
    const files = scope as unknown as Api;
    files.removeAllContentTypeParsers();
    files.addContentTypeParser(XLSX, { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    files.post(
      '/interfaces/:interface/mappings/import',
      {
        bodyLimit: FILE_MAX,
        config: { action: 'mappings.write' },
        schema: {
          ...TAG,
          summary: 'Compares an Excel file with the table; writes the differences with apply=true',
          consumes: [XLSX],
          params: interfaceParams,
          querystring: z.strictObject({ apply: flag, removeMissing: flag }),
          response: answers(
            savedSchema.extend({ missing: z.int() }).meta({ id: 'ImportedMappings' }),
          ),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const where = await whereOf(services, caller, request.params.interface);
        const result = await importMappings(
          exchange,
          {
            ...where,
            file: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
            apply: request.query.apply === 'true',
            removeMissing: request.query.removeMissing === 'true',
            author: caller.author,
          },
          replayBy(services, caller),
        );
        if (result.outcome === 'refused') throw refusedBy(result.faults);
        return { ...presentSaved(result), missing: result.missing.length };
      },
    );
  });
}
