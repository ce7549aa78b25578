import type {
  Catalogue,
  Performance,
  Product,
  SeatCategory,
  Tariff,
} from '../catalogue/catalogue.ts';
import { counterKey, isPass, tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import type { Vocabulary } from '../mapping/vocabulary.ts';
import { contingentsInOrder } from './contingent-order.ts';
import type { UnseenValue } from './findings.ts';
import { Findings } from './findings.ts';
import type { Message } from './message.ts';
import { addDays, begun, passFits } from './pass-validity.ts';
import type { Problem } from './problem.ts';
import { resolvePlace } from './resolve-place.ts';

/**
 * From the reseller's words to our objects, in the order of DOMAIN "Mappings": product, its
 * season, performance, category, tariff, place. Every missing or ambiguous mapping of a message
 * is reported, not only the first. Answers are remembered by the words: the thousands of sales of
 * one evening share a handful of them.
 */

/** A place as the message names it: a numbered seat, or a count. */
export type ResolvedPlace =
  | { type: 'seat'; blockId: number; parents: readonly string[]; seasonId: number }
  | { type: 'zone'; zoneId: number }
  | { type: 'day'; day: string; slot: string | null }
  | { type: 'pass' };

export interface Resolved {
  notOurs: boolean;
  product: Product | null;
  performance: Performance | null;
  category: SeatCategory | null;
  tariff: Tariff | null;
  contingentId: number | null;
  /** Our contingents that the sale may come from, the mapping's order first. */
  contingentIds: readonly number[];
  place: ResolvedPlace | null;
  problems: readonly Problem[];
  /** Values seen without a mapping, for the queue. */
  unseen: readonly UnseenValue[];
}

export interface ResolverInput {
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  /** Those that serve the interface's sales channel. */
  contingentIds: readonly number[];
}

interface Event {
  product: Product | null;
  performance: Performance | null;
  findings: Findings;
}

export class Resolver {
  readonly input: ResolverInput;
  readonly #memo = new Map<string, Resolved>();
  readonly #events = new Map<string, Event>();
  /** A batch asks for the same message several times; `forgetMessages` ends it. */
  readonly #byMessage = new Map<Message, Resolved>();
  readonly #counterIds = new WeakMap<Resolved, readonly number[]>();
  /** By season. */
  readonly #contingents = new Map<number, readonly number[]>();

  constructor(input: ResolverInput) {
    this.input = input;
  }

  /** Resolves a message; the result is shared between messages and must not be changed. */
  resolve(message: Message): Resolved {
    const known = this.#byMessage.get(message);
    if (known) return known;
    const resolved = this.#resolveShared(message);
    this.#byMessage.set(message, resolved);
    return resolved;
  }

  /** Lets go of the messages of a batch that is written; what their words mean stays. */
  forgetMessages(): void {
    this.#byMessage.clear();
  }

  #resolveShared(message: Message): Resolved {
    const key =
      `${message.product}\n${message.performance}\n${message.start}\n${message.hall}\n` +
      `${message.block}\n${message.allotment}\n${message.category}\n${message.tariff}\n` +
      `${message.row === null && message.seat === null}`;
    // Passes resolve by the instant too: only what is really shared is worth remembering.
    const remembered = this.#memo.get(key);
    if (remembered) return remembered;
    const resolved = this.#resolve(message);
    if (!this.#mayBePass(message)) {
      if (this.#memo.size > 20_000) this.#memo.clear();
      this.#memo.set(key, resolved);
    }
    return resolved;
  }

  /** Row and number of a numbered place, in our names; null: no place has such a name. */
  seatNames(
    message: Message,
    place: { parents: readonly string[]; seasonId: number },
  ): { row: string; number: string } | null {
    const { vocabulary } = this.input;
    const { seasonId, parents } = place;
    const row = vocabulary.ourName('row', message.row ?? '', parents, { seasonId });
    if (row === null) return null;
    const number = vocabulary.ourName('seat', message.seat ?? '', parents, { row, seasonId });
    return number === null ? null : { row, number };
  }

  /**
   * The counters that one ticket takes: a zone, an undated pass, or every day of a dated pass.
   * Empty when one of them does not exist.
   */
  counterIds(resolved: Resolved): readonly number[] {
    const known = this.#counterIds.get(resolved);
    if (known) return known;
    const ids = this.#findCounterIds(resolved);
    this.#counterIds.set(resolved, ids);
    return ids;
  }

  #findCounterIds(resolved: Resolved): readonly number[] {
    const { place, product, performance } = resolved;
    if (place === null || product === null || place.type === 'seat') return [];
    if (place.type === 'zone') {
      if (performance === null) return [];
      return this.#counters([
        counterKey(product.id, { performanceId: performance.id, zoneId: place.zoneId }),
      ]);
    }
    if (place.type === 'pass') return this.#counters([counterKey(product.id, { pass: true })]);
    const days = Array.from({ length: product.daysPerTicket }, (_, n) => addDays(place.day, n));
    const whole = days.map((day) => counterKey(product.id, { day, slot: null }));
    const slotted = days.map((day) => counterKey(product.id, { day, slot: place.slot }));
    const found = this.#counters(slotted);
    return found.length > 0 ? found : this.#counters(whole);
  }

  #counters(keys: readonly string[]): readonly number[] {
    const ids = keys.flatMap((key) => this.input.catalogue.counterByKey.get(key)?.id ?? []);
    return ids.length === keys.length ? ids : [];
  }

  #resolve(message: Message): Resolved {
    const event = this.#event(message);
    const findings = new Findings();
    findings.problems.push(...event.findings.problems);
    findings.unseen.push(...event.findings.unseen);
    const { product, performance } = event;
    const nothing: Resolved = {
      notOurs: event.findings.notOurs,
      product,
      performance,
      category: null,
      tariff: null,
      contingentId: null,
      contingentIds: this.contingentsOf(product),
      place: null,
      problems: findings.problems,
      unseen: findings.unseen,
    };
    if (event.findings.notOurs) return nothing;
    const category = this.#category(message, product, performance, findings);
    const tariff = this.#tariff(message, product, findings);
    const place =
      product === null
        ? null
        : resolvePlace(this.input, message, { product, performance, category }, findings);
    const contingentId = this.#contingent(message, product, findings);
    return {
      ...nothing,
      category: category ?? this.#zoneCategory(place),
      tariff,
      contingentId,
      place,
      notOurs: findings.notOurs,
      problems: findings.problems,
      unseen: findings.unseen,
    };
  }

  /** Ours that a sale of the product may come from, in the order in which they are taken. */
  contingentsOf(product: Product | null): readonly number[] {
    const { catalogue, vocabulary, contingentIds } = this.input;
    if (product === null || contingentIds.length < 2) return contingentIds;
    const { seasonId } = product;
    const known = this.#contingents.get(seasonId);
    if (known !== undefined) return known;
    const ordered = contingentsInOrder(catalogue, vocabulary, contingentIds, seasonId);
    this.#contingents.set(seasonId, ordered);
    return ordered;
  }

  /** The instant of the sale decides between passes of two seasons: nothing to remember. */
  #mayBePass(message: Message): boolean {
    const { catalogue, vocabulary } = this.input;
    const answer = vocabulary.resolveProducts(message.product, catalogue.productsByCode);
    return 'found' in answer && answer.found.some((product) => isPass(product.kind));
  }

  #event(message: Message): Event {
    const key = `${message.product}\n${message.performance}\n${message.start}\n${message.hall}`;
    const remembered = this.#events.get(key);
    if (remembered) return remembered;
    const findings = new Findings();
    const products = this.#products(message, findings);
    const event = this.#performance(message, products, findings);
    if (!products.some((product) => isPass(product.kind))) {
      if (this.#events.size > 20_000) this.#events.clear();
      this.#events.set(key, event);
    }
    return event;
  }

  /** Every product of ours that the word may mean, over all seasons. */
  #products(message: Message, findings: Findings): readonly Product[] {
    const { catalogue, vocabulary } = this.input;
    const answer = vocabulary.resolveProducts(message.product, catalogue.productsByCode);
    if ('found' in answer) return answer.found;
    if ('notOurs' in answer) findings.notOurs = true;
    else findings.missing('product', message.product, '');
    return [];
  }

  #performance(message: Message, products: readonly Product[], findings: Findings): Event {
    const events = products.filter((product) => !isPass(product.kind));
    const passes = begun(
      products.filter((product) => isPass(product.kind) && passFits(product, message)),
      message,
    );
    const matches: Performance[] = [];
    for (const product of events) matches.push(...this.#performancesOf(product, message, findings));
    const [first, second] = matches;
    // One season's word for another institution's is ours in the other season.
    if (first !== undefined || passes.length > 0) findings.notOurs = false;
    if (first !== undefined && second === undefined && passes.length === 0) {
      const product = this.input.catalogue.productById.get(first.productId) ?? null;
      return { product, performance: first, findings };
    }
    if (first === undefined && passes.length === 1) {
      return { product: passes[0] ?? null, performance: null, findings };
    }
    const only = products.length === 1 ? (products[0] ?? null) : null;
    if (first === undefined && passes.length === 0) {
      // What has no performances of its own is refused for its kind, or for its validity.
      const performed = only?.kind === 'event' || only?.kind === 'competition';
      if (products.length > 0 && (performed || only === null)) {
        const value = message.performance ?? message.start ?? '';
        findings.missing('performance', value, message.product);
      }
      return { product: only, performance: null, findings };
    }
    const names = [...matches, ...passes].map(({ code }) => code);
    findings.ambiguous('performance', message.performance ?? message.start ?? '', names);
    return { product: only, performance: null, findings };
  }

  /** Its own mapping line, else the local start, and the hall when two start together. */
  #performancesOf(product: Product, message: Message, findings: Findings): readonly Performance[] {
    const { catalogue, vocabulary } = this.input;
    const all = catalogue.performancesByProduct.get(product.id) ?? [];
    if (message.performance !== null) {
      const answer = vocabulary.resolve('performance', message.performance, {
        seasonId: product.seasonId,
        candidates: all.map((performance) => [product.code, performance.code]),
      });
      if ('found' in answer) return all.slice(answer.candidate, answer.candidate + 1);
      if ('notOurs' in answer) return findings.alien() ?? [];
    }
    if (message.start === null) return [];
    const start = message.start;
    const named = all.filter((one) => one.localStart === start || one.aliases.includes(start));
    const exact = named.filter((one) => one.localStart === start);
    const together = exact.length > 0 ? exact : named;
    if (named.length < 2 || message.hall === null) return together;
    const halls = named.map((one) => catalogue.configurationById.get(one.logicalConfigurationId));
    const answer = vocabulary.resolve('logical_configuration', message.hall, {
      seasonId: product.seasonId,
      candidates: halls.map((hall) => [hall?.code ?? '']),
    });
    if ('notOurs' in answer) return findings.alien() ?? [];
    if (!('found' in answer)) {
      const isAsked = 'missing' in answer && together.length > 1;
      if (isAsked) findings.missing('logical_configuration', message.hall, product.code);
      return together;
    }
    // One that moved away is told from one that still starts then by its hall.
    const inHall = named.filter((_, index) => halls[index]?.code === answer.found);
    const exactInHall = inHall.filter((one) => one.localStart === start);
    return exactInHall.length > 0 ? exactInHall : inHall;
  }

  #category(
    message: Message,
    product: Product | null,
    performance: Performance | null,
    findings: Findings,
  ): SeatCategory | null {
    if (message.category === null || product === null || performance === null) return null;
    const { catalogue, vocabulary } = this.input;
    const configuration = catalogue.configurationById.get(performance.logicalConfigurationId);
    const categories = catalogue.categoriesByConfiguration.get(performance.logicalConfigurationId);
    const answer = vocabulary.resolve('seat_category', message.category, {
      seasonId: product.seasonId,
      candidates: (categories ?? []).map((one) => [configuration?.code ?? '', one.code]),
    });
    if ('found' in answer) return categories?.[answer.candidate] ?? null;
    if ('ambiguous' in answer) {
      return findings.ambiguous('seat_category', message.category, answer.ambiguous);
    }
    if ('notOurs' in answer) findings.notOurs = true;
    else findings.missing('seat_category', message.category, configuration?.code ?? '');
    return null;
  }

  #tariff(message: Message, product: Product | null, findings: Findings): Tariff | null {
    if (product === null) return null;
    if (message.tariff === null) return findings.missingWord(message, 'tariff', message.product);
    const { catalogue, vocabulary } = this.input;
    const all = catalogue.tariffsBySeason.get(product.seasonId) ?? [];
    // A generic key also names tariffs of members: those for resellers are asked first.
    const allowed = all.filter(tariffMayGoToResellers);
    const ask = (tariffs: readonly Tariff[]) =>
      vocabulary.resolve('tariff', message.tariff ?? '', {
        seasonId: product.seasonId,
        candidates: tariffs.map((tariff) => [tariff.audience, tariff.code]),
      });
    const first = ask(allowed);
    const answer = 'missing' in first ? ask(all) : first;
    if ('found' in answer) return (answer === first ? allowed : all)[answer.candidate] ?? null;
    if ('ambiguous' in answer)
      return findings.ambiguous('tariff', message.tariff, answer.ambiguous);
    if ('notOurs' in answer) findings.notOurs = true;
    else findings.missing('tariff', message.tariff, message.product);
    return null;
  }

  #contingent(message: Message, product: Product | null, findings: Findings): number | null {
    const { catalogue, vocabulary, contingentIds } = this.input;
    const only = contingentIds.length === 1 ? (contingentIds[0] ?? null) : null;
    if (message.allotment === null || product === null) return only;
    const contingents = contingentIds.flatMap((id) => catalogue.contingentById.get(id) ?? []);
    const answer = vocabulary.resolve('contingent', message.allotment, {
      seasonId: product.seasonId,
      candidates: contingents.map((one) => [one.code]),
    });
    if ('found' in answer) return contingents[answer.candidate]?.id ?? null;
    if ('ambiguous' in answer) {
      return findings.ambiguous('contingent', message.allotment, answer.ambiguous);
    }
    if ('notOurs' in answer) return findings.alien();
    // With one contingent on the channel and no word for it, there is nothing to confuse.
    if (only !== null && !vocabulary.has('contingent')) return only;
    return findings.missing('contingent', message.allotment, '');
  }

  #zoneCategory(place: ResolvedPlace | null): SeatCategory | null {
    if (place?.type !== 'zone') return null;
    const { catalogue } = this.input;
    const zone = catalogue.zones.find((one) => one.id === place.zoneId);
    return zone ? (catalogue.categoryById.get(zone.seatCategoryId) ?? null) : null;
  }
}
