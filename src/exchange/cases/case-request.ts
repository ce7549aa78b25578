/** What a person asks for a case, and how it can be refused. */
import type { Way } from '../../domain/cases/ways-out.ts';
import type { MappingFault } from '../../domain/mapping/check-mappings.ts';
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import type { Problem } from '../../domain/order/problem.ts';
import type { CaseFilter } from '../../store/case-list-store.ts';
import type { AccountRefusal } from '../account/account-services.ts';
import type { RunningRun } from '../context.ts';

/** Which cases are meant: by id, all that are like one, or all that a filter shows. */
export type CaseChoice =
  | { ids: readonly number[] }
  | { like: number }
  | { filter: Omit<CaseFilter, 'state' | 'messageIds'> };

/** What a way out asks for, in the person's words; amounts in minor units. */
export interface WaySaid {
  /** Our code, for `correct_mapping`; which of several missing words it is for. */
  ours?: string;
  word?: MappingWord;
  priceMinor?: number;
  /** Paid, for `record_payment`; the new ceiling, for `raise_ceiling`. */
  amountMinor?: number;
  document?: string;
  /** `Row/Number` with as much of `Layout/Area/Block/` before it as is needed. */
  seat?: string;
}

export interface SettleRequest {
  organisationId: number;
  choice: CaseChoice;
  way: Way;
  reason: string;
  author: string;
  /** Whether the author may accept differences of money. */
  manager: boolean;
  said?: WaySaid;
  /** Told once for each run that it waits for. */
  onWait?: (by: RunningRun) => void;
}

export const CASE_REFUSALS = [
  'cases.refused.reason_missing',
  'cases.refused.unknown',
  'cases.refused.settled',
  'cases.refused.way_not_of_case',
  'cases.refused.manager',
  'cases.refused.parameter_missing',
  'cases.refused.one_at_a_time',
  'cases.refused.too_many',
  'cases.refused.performance_unknown',
  'cases.refused.seat_unknown',
  'cases.refused.seat_several',
  'cases.refused.seat_taken',
  'cases.refused.seat_elsewhere',
  'cases.refused.seat_none_free',
  'cases.refused.seat_not_named',
  'cases.refused.count_no_room',
  'cases.refused.seat_other_block',
  'cases.refused.seat_other_row',
  'cases.refused.price_unclear',
  'cases.refused.mapping_word',
  'cases.refused.mapping',
  'cases.refused.account_missing',
  'cases.refused.account',
  'cases.refused.amount',
] as const;
export type CaseRefusalCode = (typeof CASE_REFUSALS)[number];

export interface CaseRefusal {
  code: CaseRefusalCode;
  params: Record<string, string | number | null>;
  /** Of `cases.refused.mapping`: all that is wrong with it. */
  faults?: readonly MappingFault[];
  /** Of `cases.refused.account`: what the account refused. */
  why?: Pick<AccountRefusal, 'code' | 'params'>;
}

/** A way out that cannot be gone with any of the cases: thrown within, answered outside. */
export class WayRefused extends Error {
  readonly refusal: CaseRefusal;

  constructor(code: CaseRefusalCode, params: CaseRefusal['params'] = {}) {
    super(code);
    this.name = 'WayRefused';
    this.refusal = { code, params };
  }
}

/** What a way out changed in the house itself. */
export type HouseChange =
  | { kind: 'mapping'; word: string; value: string; ours: string | null }
  | { kind: 'price'; product: string; amountMinor: number; currency: string; validFrom: string }
  | { kind: 'window'; product: string; opensAt: string; closesAt: string | null }
  | { kind: 'payment'; account: string; amountMinor: number; currency: string }
  | {
      kind: 'ceiling';
      account: string;
      beforeMinor: number | null;
      amountMinor: number;
      currency: string;
    }
  | { kind: 'performance'; performance: string; before: string };

/** What became of one chosen case. */
export interface CaseAnswer {
  id: number;
  ticket: string;
  /**
   * `settled` by this way; `waits`: decided, or on the list, but still open (`problems` says what
   * is left); `settled_before`: nothing was to be done; `refused`.
   */
  outcome: 'settled' | 'waits' | 'settled_before' | 'refused';
  /** Of a settled case. */
  wayOut: string | null;
  settledBy: string | null;
  problems: readonly Problem[];
  refusal: CaseRefusal | null;
}
