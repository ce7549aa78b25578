/**
 * How texts are written, and what the compiler asks of them.
 *
 * The text of a problem is one template of three paragraphs, each on lines that begin with `|`:
 * what is wrong | why, as far as known | what to do. The text of an event is one paragraph.
 * `{name}` stands for a parameter of the code, or for what every line knows: `{reseller}`,
 * `{person}` (whom to call there), `{interface}`, `{number}` (the run's).
 * A code without a text, a text without a code and an unknown parameter do not compile.
 */
import type { PROBLEMS, ProblemClass, ProblemCode } from '../domain/order/problem.ts';
import type { PROBLEM_PARAMS } from '../domain/order/problem-params.ts';
import type { CountName, LineKey } from './counts.ts';
import type { EVENTS, EventCode } from './events.ts';

/** What is known for every line, whatever its code. */
export type ContextParam = 'reseller' | 'person' | 'interface' | 'number';

export type BusinessCode = CodesOf<'business'>;
export type OtherCode = Exclude<ProblemCode, BusinessCode>;
type CodesOf<Class extends ProblemClass> = {
  [Code in ProblemCode]: (typeof PROBLEMS)[Code] extends Class ? Code : never;
}[ProblemCode];

type ParamOf<Code> = Code extends ProblemCode
  ? keyof (typeof PROBLEM_PARAMS)[Code]
  : Code extends EventCode
    ? keyof (typeof EVENTS)[Code]
    : never;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Checked<Code, Text> = Text extends string
  ? [Exclude<Placeholders<Text>, ParamOf<Code> | ContextParam>] extends [never]
    ? Code extends ProblemCode
      ? Text extends `${string}\n${string}|${string}\n${string}|${string}`
        ? Text
        : 'three paragraphs: what is wrong | why | what to do'
      : Code extends EventCode
        ? Text
        : 'no such code'
    : `no such parameter: ${Exclude<Placeholders<Text>, ParamOf<Code> | ContextParam>}`
  : never;

type CheckedAll<Texts> = Texts & { readonly [Code in keyof Texts]: Checked<Code, Texts[Code]> };

export function businessTexts<const Texts extends Record<BusinessCode, string>>(
  texts: CheckedAll<Texts>,
): Record<BusinessCode, string> {
  return texts;
}

export function otherTexts<const Texts extends Record<OtherCode, string>>(
  texts: CheckedAll<Texts>,
): Record<OtherCode, string> {
  return texts;
}

export function eventTexts<const Texts extends Record<EventCode, string>>(
  texts: CheckedAll<Texts>,
): Record<EventCode, string> {
  return texts;
}

export interface LanguageTexts {
  problems: Record<ProblemCode, string>;
  events: Record<EventCode, string>;
  terms: Terms;
}

/** Words that parameters stand for. */
export interface Terms {
  word: Record<MappingWord, string>;
  function: Record<FunctionWord, string>;
  state: Record<'running' | 'ok' | 'warning' | 'error' | 'cancelled', string>;
  class: Record<ProblemClass, string>;
  product_kind: Record<ProductKindWord, string>;
  message_kind: Record<MessageKindWord, string>;
  field: Record<string, string>;
  /** What a run counts: `one|many`, written after the number. */
  count: Record<CountName, string>;
  /** What a line is about, written before its value. */
  key: Record<LineKey, string>;
  /** What became of a command whose answer was lost. */
  command_outcome: Record<'done' | 'refused' | 'unknown' | 'never-arrived', string>;
  /** When no person at the reseller is known; `{reseller}` is filled in. */
  nobody: string;
  /** Before the number of a line that was met several times. */
  times: string;
}

export type MappingWord =
  | 'product'
  | 'performance'
  | 'tariff'
  | 'seat_category'
  | 'block'
  | 'logical_configuration'
  | 'contingent'
  | 'row'
  | 'seat';
export type FunctionWord =
  | 'export'
  | 'take_back'
  | 'integrate'
  | 'prepare_access'
  | 'fetch_access'
  | 'reconcile'
  | 'replay'
  | 'test_connection';
export type ProductKindWord =
  | 'event'
  | 'competition'
  | 'visit_pass'
  | 'open_pass'
  | 'season_ticket'
  | 'package'
  | 'group_visit_pass';
export type MessageKindWord =
  | 'sale'
  | 'cancellation'
  | 'refund'
  | 'replacement'
  | 'exchange'
  | 'holder';
