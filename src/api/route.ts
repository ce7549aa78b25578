/** What routes are written with. */
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ExchangeServices } from '../exchange/context.ts';
import type { TextLanguage } from '../runs/remedies.ts';
import type { Background } from './background.ts';
import type { Identify } from './caller.ts';
import { problemSchema } from './problem.ts';

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface RouteServices {
  exchange: ExchangeServices;
  identify: Identify;
  background: Background;
}

/** Answers of a route: what it answers, and problems for the rest. */
export function answers<Schema extends z.ZodType>(schema: Schema) {
  return { 200: schema, default: problemSchema };
}

export const LANGUAGES = ['fr', 'en', 'de', 'it', 'es'] as const satisfies TextLanguage[];

export const languageQuery = {
  language: z.enum(LANGUAGES).default('en').describe('Of the texts in the answer.'),
};

export const instant = z.string().describe('ISO 8601, UTC.');
export const period = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .describe('YYYY-MM');
export const day = z.iso.date().describe('YYYY-MM-DD');
/** Text that the database can keep: no NUL, no half of a pair. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/)
    .refine((value) => value.isWellFormed(), { message: 'Not well-formed Unicode.' });
export const reason = text(1_000).describe('Why; kept in the journal.');
/** Minor units of the currency: cents of a euro. */
export const minor = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);
export const params = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
