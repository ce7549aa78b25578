import type {
  Books,
  CommandAnswer,
  Entry,
  ItemResult,
  Performance,
  Product,
  StockChange,
} from './books.ts';
import { performanceKey, placeKey, quotaKey } from './books.ts';
import type { Element } from './xml.ts';
import { tag, textOf } from './xml.ts';

const MOST_LINES = 2_000;

/** The stock half of the reseller: commands on places and quantities, and the list of them. */
export class StockService {
  readonly #books: Books;
  readonly #commit: (entry: Entry) => void;

  constructor(books: Books, commit: (entry: Entry) => void) {
    this.#books = books;
    this.#commit = commit;
  }

  /** Does a command once; the same reference again gets the first answer. */
  command(request: Element, action: 'add' | 'withdraw', product: Product): string {
    const reference = textOf(request, 'reference') ?? '';
    const known = this.#books.commands.get(reference);
    if (known) return answerXml(known);
    const performance = this.#books.performance(
      product,
      textOf(request, 'seance'),
      textOf(request, 'dateSeance'),
    );
    const lines = request.children.filter(
      ({ name }) => name === 'placeNumerotee' || name === 'quota',
    );
    const refusal = wholeRefusal(request, lines, product, performance);
    if (refusal !== null || performance === null) {
      const answer: CommandAnswer = { reference, state: 'REFUSEE', reason: refusal, items: [] };
      this.#commit({ entry: 'command', answer, change: null });
      return answerXml(answer);
    }
    const change: StockChange = {
      product: product.definition.code,
      performance: performanceKey(performance.code, performance.start),
      put: [],
      quotas: [],
      removed: [],
    };
    const allotment = textOf(request, 'allotement') ?? '';
    const decide = action === 'add' ? addLine : withdrawLine;
    const items = lines.map((line) => decide(line, { allotment, product, performance, change }));
    const answer: CommandAnswer = { reference, state: 'TRAITEE', reason: null, items };
    this.#commit({ entry: 'command', answer, change });
    return answerXml(answer);
  }

  lookUp(reference: string): string {
    const answer = this.#books.commands.get(reference);
    if (answer) return answerXml(answer);
    return `<commande>${tag('reference', reference)}${tag('etat', 'INCONNUE')}</commande>`;
  }

  list(performance: Performance, page: { from: number; count: number }): string {
    const rows = [...performance.places.entries()].filter(
      ([key]) => performance.lies.get(key) !== 'absent',
    );
    const places = rows.slice(page.from, page.from + page.count).map(([key, place]) => {
      const lie = performance.lies.get(key);
      const sold = lie === undefined ? place.ticket !== null : lie === 'sold';
      const where = [
        tag('bloc', place.block),
        tag('rang', place.row),
        tag('place', place.seat),
      ].join('');
      const state = tag('etat', sold ? 'VENDUE' : 'LIBRE');
      const ticket = sold ? tag('numeroBillet', place.ticket) : '';
      const head = `${tag('allotement', place.allotment)}${where}`;
      const tail = `${tag('typeTarif', place.category)}${state}${ticket}`;
      return `<placeNumerotee>${head}${tail}</placeNumerotee>`;
    });
    const next = page.from + places.length;
    const more = next < rows.length;
    // The quotas are few: they come whole, with the last page.
    const quotas = more ? [] : [...performance.quotas.values()].map(quotaXml);
    const head = `${tag('suite', more)}${tag('curseurSuivant', next)}`;
    return `${head}\n${[...places, ...quotas].join('\n')}`;
  }
}

interface LineContext {
  allotment: string;
  product: Product;
  performance: Performance;
  change: StockChange;
}

function wholeRefusal(
  request: Element,
  lines: readonly Element[],
  product: Product,
  performance: Performance | null,
): string | null {
  if (textOf(request, 'reference') === null) return 'La référence manque';
  if (lines.length > MOST_LINES) return `Plus de ${MOST_LINES} lignes: ${lines.length}`;
  // The answer repeats every key: one that is no number would make an answer against the schema.
  const illegible = lines.find((line) => !/^-?\d{1,9}$/.test(textOf(line, 'cle') ?? ''));
  if (illegible) return `Clé illisible: ${textOf(illegible, 'cle') ?? ''}`;
  if (product.definition.type === 'pass') return 'Un pass ne reçoit pas de places';
  return performance === null ? 'Séance inconnue' : null;
}

function addLine(line: Element, context: LineContext): ItemResult {
  const { allotment, product, performance, change } = context;
  const category = textOf(line, 'typeTarif') ?? '';
  const block = textOf(line, 'bloc') ?? '';
  if (product.definition.prices[category] === undefined) {
    return refused(line, `Type de tarif inconnu: ${category}`);
  }
  if (line.name === 'quota') {
    const quantity = quantityOf(line);
    if (quantity === null) return refused(line, 'Quantité illisible');
    change.quotas.push({ allotment, block, category, add: quantity });
    return result(line, 'ACCEPTEE', quantity);
  }
  const row = textOf(line, 'rang') ?? '';
  const seat = textOf(line, 'place');
  if (seat === null) return refused(line, 'La place manque');
  const key = placeKey(block, row, seat);
  const held = performance.places.get(key);
  if (held && performance.lies.get(key) !== 'absent') {
    const same = held.category === category && held.allotment === allotment;
    if (same) return result(line, 'DEJA_PRESENTE', 1);
    return refused(line, `Présente: ${held.allotment}, type de tarif ${held.category}`);
  }
  change.put.push({ allotment, block, row, seat, category });
  return result(line, 'ACCEPTEE', 1);
}

function withdrawLine(line: Element, context: LineContext): ItemResult {
  const { allotment, performance, change } = context;
  const block = textOf(line, 'bloc') ?? '';
  if (line.name === 'quota') {
    const category = textOf(line, 'typeTarif') ?? '';
    const quantity = quantityOf(line);
    if (quantity === null) return refused(line, 'Quantité illisible');
    const quota = performance.quotas.get(quotaKey(allotment, block, category));
    if (!quota) return result(line, 'ABSENTE', 0);
    const taken = change.quotas
      .filter((other) => other.block === block && other.category === category)
      .reduce((sum, other) => sum - other.add, 0);
    const back = Math.max(0, Math.min(quantity, quota.free - taken));
    change.quotas.push({ allotment, block, category, add: -back });
    return result(line, 'RETIREE', back);
  }
  const key = placeKey(block, textOf(line, 'rang') ?? '', textOf(line, 'place') ?? '');
  const place = performance.places.get(key);
  const lie = performance.lies.get(key);
  if (!place || lie === 'absent') return result(line, 'ABSENTE', 0);
  if (lie === 'sold' || (lie === undefined && place.ticket !== null)) {
    return result(line, 'VENDUE', 0);
  }
  change.removed.push(key);
  return result(line, 'RETIREE', 1);
}

function quantityOf(line: Element): number | null {
  const text = textOf(line, 'quantite') ?? '';
  return /^0*[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function result(line: Element, outcome: ItemResult['result'], quantity: number): ItemResult {
  return { key: textOf(line, 'cle') ?? '', result: outcome, quantity, reason: null };
}

function refused(line: Element, reason: string): ItemResult {
  return { ...result(line, 'REFUSEE', 0), reason };
}

function answerXml(answer: CommandAnswer): string {
  const items = answer.items.map(({ key, result, quantity, reason }) => {
    const what = `${tag('cle', key)}${tag('resultat', result)}${tag('quantite', quantity)}`;
    return `<ligne>${what}${tag('motif', reason)}</ligne>`;
  });
  const head = `${tag('reference', answer.reference)}${tag('etat', answer.state)}`;
  return `<commande>${head}${tag('motif', answer.reason)}\n${items.join('\n')}</commande>`;
}

function quotaXml(quota: {
  allotment: string;
  block: string;
  category: string;
  free: number;
  sold: number;
}): string {
  const head = `${tag('allotement', quota.allotment)}${tag('bloc', quota.block)}`;
  const counts = `${tag('libres', quota.free)}${tag('vendues', quota.sold)}`;
  return `<quota>${head}${tag('typeTarif', quota.category)}${counts}</quota>`;
}
