/** What stands between a performance (or a pass) and its sale by a reseller. */

/** Each code with its level: `missing` makes an export or a sale fail, `notice` only wants to be
 * known. */
export const READY_LEVELS = {
  'interface.hidden': 'missing',
  'interface.contact': 'missing',
  'interface.point_of_sale': 'missing',
  'account.missing': 'missing',
  'account.closed': 'missing',
  'account.ceiling_full': 'missing',
  'account.ceiling_passed': 'notice',
  'channel.no_contingent': 'missing',
  'product.not_sellable': 'missing',
  'product.not_taken': 'missing',
  'product.filtered_out': 'missing',
  'product.over': 'missing',
  'performance.none': 'missing',
  'performance.preparing': 'missing',
  'performance.suspended': 'missing',
  'performance.cancelled': 'missing',
  'performance.closed': 'missing',
  'performance.past': 'missing',
  'window.none': 'missing',
  'window.closed': 'missing',
  'window.not_yet': 'notice',
  'mapping.product': 'missing',
  'mapping.configuration': 'missing',
  'mapping.category': 'missing',
  'mapping.block': 'missing',
  'mapping.contingent': 'missing',
  'mapping.tariffs': 'missing',
  'mapping.tariff': 'notice',
  'mapping.unseen': 'missing',
  'tariff.wrong_kind': 'missing',
  'price.none': 'missing',
  'price.missing': 'missing',
  'price.currency': 'missing',
  'price.to_announce': 'missing',
  'vat.missing': 'notice',
  'contingent.empty': 'missing',
  'counter.missing': 'missing',
  'seats.no_contingent': 'notice',
  'seats.kept_home': 'notice',
  'seats.refused': 'missing',
  'name.not_carried': 'missing',
  'tests.living': 'missing',
  'cases.open': 'missing',
} as const satisfies Readonly<Record<string, 'missing' | 'notice'>>;

export type ReadyCode = keyof typeof READY_LEVELS;
export type ReadyLevel = (typeof READY_LEVELS)[ReadyCode];
export type ReadyParams = Readonly<Record<string, string | number | null>>;

export interface Finding {
  code: ReadyCode;
  level: ReadyLevel;
  /** Null: it holds for whatever the interface sells. */
  productId: number | null;
  /** Which performances it concerns; none: the product (or the interface) as a whole. */
  performanceIds: readonly number[];
  params: ReadyParams;
}

/** Gathers findings; the same thing found at many performances is one of them. */
export class FindingList {
  readonly #found = new Map<string, Finding & { performanceIds: number[] }>();

  add(
    code: ReadyCode,
    of: { productId: number | null; performanceId?: number | null },
    params: ReadyParams = {},
  ): void {
    const { productId, performanceId = null } = of;
    const key = `${code}|${productId}|${JSON.stringify(params)}|${performanceId === null}`;
    const known = this.#found.get(key);
    if (known === undefined) {
      const performanceIds = performanceId === null ? [] : [performanceId];
      this.#found.set(key, { code, level: READY_LEVELS[code], productId, performanceIds, params });
    } else if (performanceId !== null && !known.performanceIds.includes(performanceId)) {
      known.performanceIds.push(performanceId);
    }
  }

  all(): Finding[] {
    return [...this.#found.values()];
  }
}
