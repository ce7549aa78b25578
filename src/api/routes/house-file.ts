/** The house as a file: looked at first, then applied as it was looked at; and given out. */
import { z } from 'zod';
import type { SheetName } from '../../domain/house/file.ts';
import { callerMay } from '../../domain/people/role.ts';
import { exportHouse } from '../../exchange/export-house.ts';
import type { UploadResult } from '../../exchange/house-edit/upload-house.ts';
import { uploadHouse } from '../../exchange/house-edit/upload-house.ts';
import { HOUSE_BYTES_MAX } from '../../exchange/house-file/read-house-file.ts';
import { SHEET_NAMES } from '../../exchange/house-file/sheets.ts';
import { writeWorkbook } from '../../exchange/house-file/write-workbook.ts';
import { callerOf } from '../access.ts';
import { ApiProblem } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers } from '../route.ts';
import { CSV, downloadName, fileOf, withUploads, XLSX } from '../uploads.ts';
import { toldChange } from './house-edit.ts';

const TAG = { tags: ['house'] };
const JSON_TYPE = 'application/json';

export function houseFileRoutes(app: Api, services: RouteServices): void {
  uploadRoute(app, services);
  downloadRoutes(app, services);
}

const count = z.object({ inserted: z.int(), updated: z.int(), removed: z.int() });
const note = z.object({
  at: z.string().describe('As the file calls the place: a JSON pointer, or sheet and cell.'),
  code: z.string(),
  message: z.string(),
});
const seatCounts = z.object({ moved: z.int(), wished: z.int(), placed: z.int(), own: z.int() });

const uploadSchema = z
  .object({
    outcome: z.enum(['foretold', 'loaded', 'unchanged', 'refused']),
    digest: z.string().describe('SHA-256 of the file: send it to apply the file.'),
    version: z.int().describe('Of the house that the file was compared with.'),
    counts: z.record(z.string(), count).describe('By table.'),
    untouched: z.record(z.string(), z.int()).describe('Rows that stay as they are, by table.'),
    seats: seatCounts.nullable(),
    changes: z.array(toldChange).readonly(),
    changesTotal: z.int(),
    problems: z
      .array(note.extend({ cure: z.string() }))
      .readonly()
      .describe('With one of them nothing is written.'),
    notes: z.array(note).readonly(),
  })
  .meta({ id: 'HouseUpload' });

const CHANGES_MAX = 2_000;

function presentUpload(
  result: Exclude<
    UploadResult,
    { outcome: 'not_previewed' | 'house_changed' | 'secrets_not_allowed' }
  >,
): z.output<typeof uploadSchema> {
  const { digest, version, notes } = result;
  const told = { digest, version, notes: notes.map(placed) };
  if (result.outcome === 'refused') {
    const problems = result.problems.map((one) => ({ ...placed(one), cure: one.cure }));
    const nothing = { counts: {}, untouched: {}, seats: null, changes: [], changesTotal: 0 };
    return { outcome: 'refused', ...told, ...nothing, problems };
  }
  const { outcome, counts, untouched, seats, changes } = result;
  return {
    outcome,
    ...told,
    counts,
    untouched,
    seats,
    changes: changes.slice(0, CHANGES_MAX).map((one) => ({ ...one })),
    changesTotal: changes.length,
    problems: [],
  };
}

function placed({ at, code, message }: { at: string; code: string; message: string }) {
  return { at, code, message };
}

function uploadRoute(app: Api, { exchange }: RouteServices): void {
  const flag = z.enum(['true', 'false']).default('false');
  const query = z.strictObject({
    foretell: flag.describe('Says what would change, or every fault, and writes nothing.'),
    applyMoves: flag.describe('Moves performances whose start differs; else they are listed.'),
    list: z
      .enum(SHEET_NAMES as [SheetName])
      .optional()
      .describe('Which list a CSV is of.'),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe('To apply: of the file that was foretold.'),
    version: z.coerce
      .number()
      .int()
      .min(0)
      .max(2_147_483_647)
      .optional()
      .describe('To apply: of the house as it was then.'),
  });
  withUploads(app, [XLSX, JSON_TYPE, CSV], (files) => {
    files.post(
      '/house/file',
      {
        bodyLimit: HOUSE_BYTES_MAX + 1,
        config: { action: 'house.write' },
        schema: {
          ...TAG,
          summary:
            'A house file (Excel, JSON, a list as CSV): its differences first, then all or nothing',
          consumes: [XLSX, JSON_TYPE, CSV],
          querystring: query,
          response: answers(uploadSchema),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { foretell, applyMoves, list, digest, version } = request.query;
        const isCsv = request.headers['content-type']?.startsWith(CSV) === true;
        if (isCsv !== (list !== undefined)) {
          const detail = 'A CSV says of which list it is, and nothing else does.';
          throw new ApiProblem(400, 'house.list_missing', detail);
        }
        const result = await uploadHouse(exchange, {
          organisationId: caller.organisationId,
          author: caller.author,
          bytes: fileOf(request.body),
          list: list ?? null,
          foretell: foretell === 'true',
          applyMoves: applyMoves === 'true',
          mayKeepSecrets: callerMay(caller, 'secrets.write'),
          previewed: digest === undefined ? null : { digest, version: version ?? null },
        });
        return applied(result);
      },
    );
  });
}

/** Throws the problem of a file that was to be applied and was not. */
function applied(result: UploadResult): z.output<typeof uploadSchema> {
  const { digest, version } = result;
  const params = { digest, version };
  if (result.outcome === 'not_previewed') {
    const detail = 'Look at this file with foretell=true first, and send its digest.';
    throw new ApiProblem(422, 'house.not_previewed', detail, { params });
  }
  if (result.outcome === 'house_changed') {
    const detail = 'The house has changed since the file was looked at: look again.';
    throw new ApiProblem(412, 'house.changed', detail, { params });
  }
  if (result.outcome === 'secrets_not_allowed') {
    const detail = 'The file sets passwords, which your role may not: leave them out.';
    throw new ApiProblem(403, 'caller.may_not', detail, { params: { action: 'secrets.write' } });
  }
  return presentUpload(result);
}

function downloadRoutes(app: Api, { exchange }: RouteServices): void {
  for (const form of ['xlsx', 'json'] as const) {
    const type = form === 'xlsx' ? XLSX : JSON_TYPE;
    app.get(
      `/house/file.${form}`,
      {
        config: { action: 'read' },
        schema: {
          ...TAG,
          summary: `The house as it is, as ${form === 'xlsx' ? 'an Excel workbook' : 'JSON'}`,
          description: 'Without secrets. Loading it again changes nothing.',
          produces: [type],
        },
      },
      async (request, reply) => {
        const house = await exportHouse(exchange.database, callerOf(request).organisationId);
        reply.header('content-disposition', downloadName(`${house.organisation.code}.${form}`));
        const bytes =
          form === 'xlsx'
            ? await writeWorkbook(house)
            : Buffer.from(JSON.stringify(house, null, 2));
        return reply.type(type).send(bytes);
      },
    );
  }
}
