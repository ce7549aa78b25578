/** A reseller's file of sales, by hand: the same run, rules and log as the sales of the wire. */
import { z } from 'zod';
import { classOfAll, PROBLEM_CLASSES } from '../../domain/order/problem.ts';
import type { RunResult } from '../../exchange/context.ts';
import type { ImportedLine } from '../../exchange/import-sales.ts';
import { importSales } from '../../exchange/import-sales.ts';
import { readCatalogue, readHouse, readInterface } from '../../exchange/reading/inventory.ts';
import { withRun } from '../../exchange/run-function.ts';
import type { LineContext } from '../../runs/remedies.ts';
import { describeLine } from '../../runs/remedies.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, languageQuery, text } from '../route.ts';
import { CSV, fileOf, withUploads } from '../uploads.ts';

const FILE_MAX = 64 * 1024 * 1024;
const BYTES = 'application/octet-stream';
/** Lines of each kind in an answer; the run's log has what is wrong of all of them. */
const LINES_MAX = 10_000;

const lineSchema = z.object({
  line: z.int(),
  outcome: z.string().describe('none: nothing about a ticket stands on it.'),
  class: z.enum(PROBLEM_CLASSES).nullable(),
  problems: z
    .array(
      z.object({
        code: z.string(),
        title: z.string(),
        explanation: z.string().nullable(),
        remedy: z.string().nullable(),
      }),
    )
    .readonly(),
  ticket: z.string().nullable(),
  order: z.string().nullable(),
  case: idSchema('case').nullable(),
});

const importedSchema = z
  .object({
    run: idSchema('run'),
    number: z.int(),
    state: z.string(),
    simulation: z.boolean(),
    failure: z.string().nullable().describe('Code of what stopped it before its end.'),
    counts: z.record(z.string(), z.number()),
    outcomes: z.record(z.string(), z.int()).describe('Lines by what became of them.'),
    lines: z.array(lineSchema).readonly(),
    omitted: z.int().describe('Lines that are counted and not listed.'),
  })
  .meta({ id: 'ImportedSales' });

export function importRoutes(app: Api, services: RouteServices): void {
  withUploads(app, [CSV, BYTES], (files) => {
    files.post(
      '/interfaces/:interface/imports',
      {
        bodyLimit: FILE_MAX,
        config: { action: 'runs.start' },
        schema: {
          tags: ['runs'],
          summary: 'Brings sales home from a file; answers what became of each line',
          description:
            'The run can be followed while it goes on, and goes on should the caller be gone.',
          consumes: [CSV, BYTES],
          params: z.object({ interface: idSchema('interface') }),
          querystring: z.strictObject({
            performance: idSchema('performance')
              .optional()
              .describe('Where the file does not name it.'),
            product: idSchema('product').optional().describe('Of an undated pass.'),
            simulate: z.enum(['true', 'false']).default('false').describe('Writes only its log.'),
            name: text(200).min(1).default('upload.csv').describe('Of the file, for the log.'),
            ...languageQuery,
          }),
          response: answers(importedSchema),
        },
      },
      async (request) => {
        const { organisationId, author } = callerOf(request);
        const { performance, product, simulate, name, language } = request.query;
        const interfaceId = readId('interface', request.params.interface);
        const where = { organisationId, interfaceId };
        const record = await readInterface(services.exchange, where);
        if (record === null) throw notFound('interface');
        const filters = await filtersOf(services, organisationId, { performance, product });
        const bytes = fileOf(request.body);
        const { timeZone } = await readHouse(services.exchange, organisationId);
        const { code, reseller, people } = record;
        const simulation = simulate === 'true';
        const told = { language, timeZone, interface: code, reseller, people, number: null };
        const report = new Report(told, simulation);
        const running = withRun(
          services.exchange,
          {
            ...where,
            function: 'integrate',
            source: 'hand',
            startedBy: author,
            simulation,
            filters,
            wait: false,
            signal: services.background.signal,
          },
          (context) =>
            importSales(context, fileToRead(name, bytes), {
              tell: async (lines) => report.add(lines),
            }),
        );
        services.background.add(running);
        const ran = unlessNotStarted(await running);
        return {
          run: printId('run', ran.run.id),
          number: ran.run.number,
          state: ran.state,
          simulation,
          failure: ran.failure?.code ?? null,
          counts: { ...ran.counts },
          ...report.told(),
        };
      },
    );
  });
}

/** What the file is of must be there. */
async function filtersOf(
  { exchange }: RouteServices,
  organisationId: number,
  { performance, product }: { performance?: string | undefined; product?: string | undefined },
) {
  const { performanceById, productById } = await readCatalogue(exchange, organisationId);
  if (performance !== undefined) {
    const id = readId('performance', performance);
    if (!performanceById.has(id)) throw notFound('performance');
    if (product === undefined) return { performanceIds: [id] };
    throw new ApiProblem(400, 'import.one_thing', 'A file is of a performance or of a product.');
  }
  if (product === undefined) return {};
  const id = readId('product', product);
  if (!productById.has(id)) throw notFound('product');
  return { productIds: [id] };
}

const PIECE = 65_536;

function fileToRead(name: string, bytes: Buffer) {
  return {
    name,
    async *open() {
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
    },
  };
}

function unlessNotStarted(result: RunResult): Extract<RunResult, { outcome: 'ran' }> {
  if (result.outcome === 'ran') return result;
  if (result.outcome === 'refused') {
    const { code, params } = result.problem;
    throw new ApiProblem(422, code, 'The interface may not run this.', { params });
  }
  throw new ApiProblem(409, 'run.account_busy', 'Another run has the account: wait for it.', {
    params: { run: printId('run', result.by.id), number: result.by.number },
  });
}

/** A file of a million lines is never held: what is well is counted beyond the first lines. */
class Report {
  readonly #context: LineContext;
  readonly #simulation: boolean;
  readonly #outcomes: Record<string, number> = {};
  readonly #lines: z.output<typeof lineSchema>[] = [];
  #well = 0;
  #wrong = 0;
  #omitted = 0;

  constructor(context: LineContext, simulation: boolean) {
    this.#context = context;
    this.#simulation = simulation;
  }

  add(lines: readonly ImportedLine[]): void {
    for (const line of lines) {
      this.#outcomes[line.outcome] = (this.#outcomes[line.outcome] ?? 0) + 1;
      const isWell = line.problems.length === 0;
      const seen = isWell ? this.#well++ : this.#wrong++;
      if (seen < LINES_MAX) this.#lines.push(this.#present(line));
      else this.#omitted += 1;
    }
  }

  told() {
    return { outcomes: this.#outcomes, lines: this.#lines, omitted: this.#omitted };
  }

  #present({ line, outcome, problems, ticket, order, messageId }: ImportedLine) {
    const keys = { ticket, position: String(line) };
    return {
      line,
      outcome,
      class: problems.length === 0 ? null : classOfAll(problems),
      problems: problems.map(({ code, params }) => {
        const told = describeLine({ code, params, keys, messageId }, this.#context);
        const { title, explanation, remedy } = told;
        return { code, title, explanation, remedy };
      }),
      ticket,
      order,
      // What is tried out makes no case.
      case: this.#simulation || problems.length === 0 ? null : printIdOrNull('case', messageId),
    };
  }
}
