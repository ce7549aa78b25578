/** What every edit of the house shares: how it is asked, and what is answered. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HouseProblem } from '../../domain/house/problem.ts';
import type { EditRequest, EditResult } from '../../exchange/house-edit/edit-house.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch } from '../etag.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { answers, reason, text } from '../route.ts';

/** Of fields that may all be absent. */
export type Given<Fields extends z.ZodRawShape> = {
  [K in keyof Fields]?: z.output<Fields[K]> | undefined;
};

export const listOf = <Item extends z.ZodType>(item: Item) =>
  answers(z.object({ items: z.array(item).readonly() }));

export const version = z.string().describe('Send it as If-Match with a change.');

export const editFields = {
  foretell: z.boolean().default(false).describe('Says what would happen and writes nothing.'),
  reason: reason.optional(),
};

/** As house files have them: no / and no |, which join codes into keys. */
export const codeText = text(100).regex(/^[^/|\s](?:[^/|]*[^/|\s])?$/);
export const nameText = text(500).min(1);
/** Instants of this century. */
const DAY = String.raw`20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?`;
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)`;
export const instantText = z
  .string()
  .regex(new RegExp(`^${DAY}T${TIME}${OFFSET}$`))
  .describe('ISO 8601 with its offset.');
export const countText = z.int().min(0).max(10_000_000);

export const toldChange = z
  .object({
    table: z.string(),
    action: z.enum(['insert', 'update', 'remove']),
    name: z.string().describe('Codes, the parents first: S2/CHALK/P1.'),
    columns: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })).optional(),
  })
  .meta({ id: 'HouseChange' });

export const houseNote = z
  .object({
    code: z.string(),
    message: z.string(),
    path: z.string().describe('What of the request it speaks of, as a JSON pointer.'),
  })
  .meta({ id: 'HouseNote' });

export function editedSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    outcome: z.enum(['saved', 'foretold', 'unchanged']),
    item,
    seats: z
      .object({ moved: z.int(), wished: z.int(), placed: z.int() })
      .describe('Places that move at once, that wait for their reseller, that are new.'),
    changes: z.array(toldChange).readonly(),
    notes: z.array(houseNote).readonly(),
  });
}

interface EditBody {
  foretell: boolean;
  reason?: string | undefined;
}

/** Who edits what they have seen: with If-Match another version is refused with 412. */
export function editOf(request: FastifyRequest, body: EditBody): EditRequest {
  const { organisationId, author } = callerOf(request);
  return {
    organisationId,
    author,
    reason: body.reason ?? null,
    foretell: body.foretell,
    check: (view) => checkIfMatch(request, view),
  };
}

/** The answer to an edit; throws the problem of a refused one, with each fault's path. */
export function presentEdit<View, Item>(
  result: EditResult<View>,
  present: (view: View) => Item,
  words: FieldWords = {},
) {
  if (result.outcome === 'unknown') throw notFound(result.what.replaceAll('_', ' '));
  if (result.outcome === 'refused') throw refusedEdit(result.problems, words);
  const { outcome, view, seats, changes, notes } = result;
  return {
    outcome,
    item: present(view),
    seats,
    changes: changes.map((one) => ({ ...one })),
    notes: notes.map(({ code, message, ...place }) => ({
      code,
      message,
      path: pathOf(place, words),
    })),
  };
}

/** How a field of a house file is called in a request, where it is not the same in camel case. */
export interface FieldWords {
  /** `lines`: the request has a list of that name; absent: it is about one thing. */
  list?: string;
  fields?: Readonly<Record<string, string>>;
}

export function refusedEdit(problems: readonly HouseProblem[], words: FieldWords): ApiProblem {
  const [first] = problems;
  const errors = problems.map(({ code, message, cure, ...place }) => ({
    path: pathOf(place, words),
    code,
    message,
    cure,
  }));
  const code = first?.code ?? 'house.refused';
  const status = code === 'house.exists' ? 409 : 422;
  return new ApiProblem(status, code, 'Nothing was changed: see errors.', { errors });
}

function pathOf(
  { line, key }: Pick<HouseProblem, 'line' | 'key'>,
  { list, fields = {} }: FieldWords,
): string {
  const [first = '', ...rest] = key?.split('.') ?? [];
  const camel = first.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const steps = [
    ...(list === undefined || line === null ? [] : [list, String(line)]),
    ...(first === '' ? [] : [fields[first] ?? camel]),
    ...rest,
  ];
  return `/${steps.join('/')}`;
}
