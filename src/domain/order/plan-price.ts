import type { Price } from '../catalogue/catalogue.ts';
import { isPass } from '../catalogue/catalogue.ts';
import type { CommissionRule, ReportedTerms } from '../pricing/price.ts';
import {
  commissionAmount,
  commissionAt,
  comparablePrice,
  impliedCommission,
  netDue,
  priceLine,
  pricesAround,
  vatContained,
  vatRateAt,
} from '../pricing/price.ts';
import type { Message } from './message.ts';
import type { InterfaceTerms, Planning } from './plan.ts';
import { problem } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { Candidate } from './state.ts';

/** What a sale is worth: booked, owed and taxed, in minor units. */
export interface Money {
  ourPriceMinor: number | null;
  /** Paid by the spectator. */
  paidMinor: number;
  bookedMinor: number;
  commissionMinor: number;
  onTop: boolean;
  netDueMinor: number;
  vatHundredths: number;
  vatMinor: number;
  commissionVatMinor: number;
  notes: Problem[];
}

/**
 * Compares like with like and decides what is booked, by the interface's price policy, or as a
 * person decided for this message.
 */
export function priceSale(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  categoryId: number | null,
  problems: Problem[],
): Money | null {
  const { terms, catalogue } = planning;
  const { message } = candidate;
  const unusable = unusableAmount(terms.currency, message);
  if (unusable !== null) problems.push(unusable);
  const { product, tariff, performance } = resolved;
  if (product === null || tariff === null) return null;
  // Without its performance or category there is no price of ours to compare with.
  if (!isPass(product.kind) && performance === null) return null;
  if (message.category !== null && performance !== null && categoryId === null) return null;
  const ids = { productId: product.id, tariffId: tariff.id };
  const at = message.operationAt;
  const rule = commissionAt(catalogue.commissions, { interfaceId: terms.id, ...ids, at });
  const reported: Reported = {
    priceMinor: message.priceMinor ?? 0,
    commissionMinor: message.commissionMinor,
    rule,
    terms: { includesCommission: terms.includesCommission, onTop: rule?.onTop ?? false },
  };
  const performanceId = performance?.id ?? null;
  const line = priceLine(catalogue, {
    ...ids,
    performanceId,
    seatCategoryId: categoryId,
  });
  const policy = policyOf(candidate) ?? terms.pricePolicy;
  const compared =
    unusable === null
      ? comparePrices(planning, at, line, reported, policy, problems)
      : bookOurs(planning, candidate, line, rule);
  if (compared === null) return null;
  // Ours was chosen, and there is none: accepting that does not make one.
  const none = compared.ourPriceMinor === null && compared.notes.length === 0;
  if (none && candidate.decision?.price === 'ours') return null;
  const { bookedMinor, commissionMinor } = compared;
  const { onTop } = reported.terms;
  const vatHundredths = vatRateAt(catalogue, product.id, performanceId, at);
  const differs = commissionNote(planning, reported, bookedMinor);
  return {
    ...compared,
    notes: differs === null ? compared.notes : [...compared.notes, differs],
    paidMinor: unusable === null ? reported.priceMinor : bookedMinor,
    onTop,
    netDueMinor: netDue(bookedMinor, commissionMinor, onTop),
    vatHundredths,
    vatMinor: vatContained(bookedMinor, vatHundredths),
    commissionVatMinor: vatContained(commissionMinor, terms.commissionVatHundredths),
  };
}

/** The reseller's commission is booked; that it is not the agreed one is told. */
function commissionNote(
  { terms }: Planning,
  { rule, commissionMinor: reported }: Reported,
  bookedMinor: number,
): Problem | null {
  if (rule === null || reported === null) return null;
  const agreed = commissionAmount(rule, bookedMinor);
  // Inside the price there is no more than the price: a free ticket carries none.
  const ours = rule.onTop ? agreed : Math.min(agreed, bookedMinor);
  if (Math.abs(ours - reported) <= terms.toleranceMinor) return null;
  return problem('commission.differs', { ours, reported, currency: terms.currency });
}

/** An amount in another currency, or none: nothing of it can be booked as reported. */
function unusableAmount(currency: string, message: Message): Problem | null {
  if (message.currency !== null && message.currency !== currency) {
    return problem('currency.differs', { reported: message.currency, ours: currency });
  }
  const reported = message.priceMinor;
  if (reported !== null && reported >= 0) return null;
  return problem('price.negative', { reported, currency });
}

/** What a person decided to book; null: the interface's policy counts. */
function policyOf({ decision }: Candidate): InterfaceTerms['pricePolicy'] | null {
  if (decision?.price === 'ours') return 'ours';
  return decision?.price === 'theirs' || decision?.contents === 'theirs' ? 'reseller' : null;
}

/** Our price for an amount that cannot be booked, once a person chose it; null: nobody did. */
function bookOurs(
  planning: Planning,
  { message, decision }: Candidate,
  line: readonly Price[],
  rule: CommissionRule | null,
): Compared | null {
  if (decision?.price !== 'ours') return null;
  const { valid } = pricesAround(line, message.operationAt, planning.terms.graceHours);
  if (valid === null) return null;
  const ours = valid.amountMinor;
  const params = { ours, reported: message.priceMinor, currency: planning.terms.currency };
  return {
    ourPriceMinor: ours,
    bookedMinor: ours,
    commissionMinor: commissionAmount(rule, ours),
    notes: [problem('price.booked_ours', params)],
  };
}

interface Reported {
  priceMinor: number;
  /** Null: the reseller tells none, the rule does. */
  commissionMinor: number | null;
  rule: CommissionRule | null;
  terms: ReportedTerms;
}

type Compared = Pick<Money, 'ourPriceMinor' | 'bookedMinor' | 'commissionMinor' | 'notes'>;

/** What was reported, in the terms of our list. */
interface Theirs {
  bookedMinor: number;
  commissionMinor: number;
}

function theirs(reported: Reported, commissionMinor: number): Theirs {
  const bookedMinor = comparablePrice(reported.priceMinor, commissionMinor, reported.terms);
  return { bookedMinor, commissionMinor };
}

/** Against one price of ours: a commission by percentage is of that price. */
function against(reported: Reported, oursMinor: number): Theirs {
  return theirs(reported, reported.commissionMinor ?? commissionAmount(reported.rule, oursMinor));
}

function comparePrices(
  planning: Planning,
  at: string,
  line: readonly Price[],
  reported: Reported,
  policy: InterfaceTerms['pricePolicy'],
  problems: Problem[],
): Compared {
  const { toleranceMinor, graceHours, currency } = planning.terms;
  const { valid, near } = pricesAround(line, at, graceHours);
  const agrees = (price: Price) =>
    Math.abs(price.amountMinor - against(reported, price.amountMinor).bookedMinor) <=
    toleranceMinor;
  const ours = valid?.amountMinor ?? null;
  if (valid !== null && agrees(valid)) {
    return { ourPriceMinor: ours, ...against(reported, valid.amountMinor), notes: [] };
  }
  const implied = impliedCommission(reported.rule, reported.priceMinor, reported.terms);
  const told = theirs(reported, reported.commissionMinor ?? implied);
  const params = { ours, reported: told.bookedMinor, currency };
  const within = near.find(agrees);
  if (within !== undefined) {
    const notes = [problem('price.grace', params)];
    return {
      ourPriceMinor: within.amountMinor,
      ...against(reported, within.amountMinor),
      notes,
    };
  }
  if (policy === 'reseller') {
    return { ourPriceMinor: ours, ...told, notes: [problem('price.booked_theirs', params)] };
  }
  if (valid === null) {
    problems.push(problem('price.missing', params));
  } else if (policy === 'ours') {
    const commissionMinor =
      reported.commissionMinor ?? commissionAmount(reported.rule, valid.amountMinor);
    const notes = [problem('price.booked_ours', params)];
    return { ourPriceMinor: ours, bookedMinor: valid.amountMinor, commissionMinor, notes };
  } else {
    problems.push(problem('price.differs', params));
  }
  return { ourPriceMinor: ours, ...told, notes: [] };
}
