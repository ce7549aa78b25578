/** Which cases are alike: the same problems, with the same difference. One decision serves all. */
import type { Problem } from '../order/problem.ts';

/** Parameters that make two problems of a code the same to a person who decides. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  'mapping.missing': ['word', 'value'],
  'mapping.ambiguous': ['word', 'value'],
  'product.not_on_channel': ['product'],
  'product.outside_window': ['product'],
  'product.not_sellable': ['product'],
  'performance.preparing': ['performance'],
  'performance.cancelled': ['performance'],
  'performance.closed': ['performance'],
  'tariff.not_allowed': ['tariff'],
  'currency.differs': ['reported', 'ours'],
  'price.missing': ['reported', 'currency'],
};

/** The same for cases that are alike. For a price it is the difference that counts. */
export function likenessOf(problems: readonly Problem[]): string {
  const keys = problems.map(({ code, params }) => {
    if (code === 'price.differs') {
      const difference = Number(params.reported) - Number(params.ours);
      return [code, difference, params.currency];
    }
    return [code, ...(TELLING[code] ?? []).map((name) => params[name] ?? null)];
  });
  return JSON.stringify(keys.map((key) => JSON.stringify(key)).sort());
}
