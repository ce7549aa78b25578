/** The sales form (fiche de mise en vente): what the reseller learns of the house's products. */
import type {
  SimulatedPerformance,
  SimulatedProduct,
} from '../../channels/contract/switchboard.ts';
import type { HouseFile, LineOf } from '../../domain/house/file.ts';

type Mapping = LineOf<'mappings'>;

/** Passes have no seat category: the reseller files their prices under a word of its own. */
export const PASS_CATEGORY = 'PASS';

const COMMISSION = '1.80';

/** Every product of the house that has a word at the reseller, in its words. */
export function salesForm(house: HouseFile): SimulatedProduct[] {
  const words = new Words(house.mappings ?? []);
  return (house.products ?? []).flatMap((product): SimulatedProduct[] => {
    const code = words.first('product', product.code);
    if (code === null) return [];
    const isPass = product.kind === 'visit_pass' || product.kind === 'open_pass';
    const form = { code, commission: COMMISSION, prices: pricesOf(house, product, words) };
    if (isPass) return [{ ...form, type: 'pass' }];
    return [{ ...form, type: 'event', performances: startsOf(house, product, words) }];
  });
}

function startsOf(
  house: HouseFile,
  { season, code }: LineOf<'products'>,
  words: Words,
): SimulatedPerformance[] {
  return (house.performances ?? [])
    .filter((one) => one.season === season && one.product === code)
    .map(({ start, configuration }) => {
      return { start, hall: words.first('logical_configuration', configuration) };
    });
}

/** Category → tariff → price; a tariff with several words costs the same under each. */
function pricesOf(
  house: HouseFile,
  { season, code }: LineOf<'products'>,
  words: Words,
): SimulatedProduct['prices'] {
  const prices: Record<string, Record<string, string>> = {};
  for (const line of house.prices ?? []) {
    if (line.season !== season || line.product !== code) continue;
    const { configuration, category: own } = line;
    const category =
      own === undefined ? PASS_CATEGORY : words.first('seat_category', `${configuration}/${own}`);
    if (category === null) continue;
    for (const tariff of words.all('tariff', line.tariff, season)) {
      prices[category] = { ...prices[category], [tariff]: String(line.amount) };
    }
  }
  return prices;
}

class Words {
  readonly #lines: readonly Mapping[];

  constructor(lines: readonly Mapping[]) {
    this.#lines = lines;
  }

  all(word: Mapping['word'], ours: string, season?: string): string[] {
    const line = this.#lines.find(
      (one) =>
        one.word === word && one.ours === ours && (season === undefined || one.season === season),
    );
    return line === undefined ? [] : line.external.split('|');
  }

  first(word: Mapping['word'], ours: string): string | null {
    return this.all(word, ours)[0] ?? null;
  }
}
