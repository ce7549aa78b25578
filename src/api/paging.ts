/** Pages by cursor: what comes after the last row, as opaque text that only its own list reads. */
import { z } from 'zod';
import { ApiProblem } from './problem.ts';

export const PAGE_MAX = 200;
const PAGE_USUAL = 50;
const CURSOR_MAX = 500;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_USUAL),
  after: z.string().min(1).max(CURSOR_MAX).optional().describe('`next` of the page before.'),
};

/** A page of these; `next` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return { items: z.array(item).readonly(), next: z.string().nullable() };
}

export function printCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The cursor as the list wrote it; anything else is refused with 400. */
export function readCursor<Schema extends z.ZodType>(
  text: string | undefined,
  schema: Schema,
): z.output<Schema> | null {
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  const read = schema.safeParse(value);
  if (!read.success) throw badCursor();
  return read.data;
}

export const numberCursor = z.int().min(0);

function badCursor(): ApiProblem {
  return new ApiProblem(400, 'request.cursor', 'This cursor is not of this list: begin anew.', {
    errors: [{ path: '/after', code: 'invalid.cursor' }],
  });
}
