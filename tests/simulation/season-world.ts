/** The season as it goes: the house, its resellers, what was said and done, and by whom. */

import type { HouseFile } from '../../src/domain/house/file.ts';
import type { ExchangeContext } from '../../src/exchange/context.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { RunFunction } from '../../src/store/run-store.ts';
import { dice } from '../support/dice.ts';
import { dyingServices, Killed } from '../support/dying-services.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import type { Reseller } from '../support/reseller-trio.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';
import type { SeasonCode, TariffCode } from './season-house.ts';
import {
  dayAfter,
  FIRST_DAY,
  PRODUCTS,
  SEASON_CODES,
  SEASON_PERFORMANCES,
  seasonHouse,
  TARIFFS,
  TERMS,
  WORDS,
} from './season-house.ts';
import type { LearnedWords } from './season-journal.ts';
import { PriceBook } from './season-journal.ts';

export interface SeasonReseller extends Reseller {
  code: SeasonCode;
  /** Its living tickets, as far as the season drew them. */
  living: string[];
  learned: LearnedWords;
  /** Places about which it lies, to be taken back at the end. */
  lies: { product: string; start: string; place: { block: string; row: string; seat: string } }[];
  /** Tickets that somebody here took for tests, or no longer does. */
  marked: Map<string, boolean>;
  /** Prices of its sales form, in cents: `product|category|tariff`. */
  form: Map<string, number>;
}

/** A fault of the season itself, told with the day and what happened last. */
export class SeasonFault extends Error {}

export class Season {
  readonly trio: ResellerTrio;
  readonly roll: (sides: number) => number;
  readonly resellers: readonly SeasonReseller[];
  readonly prices = new PriceBook();
  readonly diary: string[] = [];
  readonly tally = new Map<string, number>();
  /** Codes of performances that start at another hour now; the resellers say the former one. */
  readonly moved = new Set<string>();
  readonly time: SeasonTime;
  day = 0;

  private constructor(trio: ResellerTrio, seed: number, time: SeasonTime) {
    this.trio = trio;
    this.time = time;
    this.roll = dice(seed);
    this.resellers = trio.resellers.map((one) => ({
      ...one,
      code: one.code as SeasonCode,
      living: [],
      learned: { tariffs: new Map(), categories: new Map() },
      lies: [],
      marked: new Map(),
      form: new Map(),
    }));
  }

  static async open(database: Database, seed: number): Promise<Season> {
    const time = new SeasonTime();
    const trio = await ResellerTrio.open(database, {
      codes: SEASON_CODES,
      house: (interfaces) => seasonHouse('SEASON', interfaces),
      clock: () => time.tick(),
      loadedAt: new Date(`${FIRST_DAY}T06:00:00Z`),
      seed,
      answerMs: 1_500,
    });
    const season = new Season(trio, seed, time);
    for (const reseller of season.resellers) season.sendForm(reseller);
    return season;
  }

  /**
   * The same season with dice of its own: what several do at the same time is thrown alike for the
   * same seed, whoever comes first.
   */
  aside(): Season {
    const throws = dice(this.roll(1_000_000_000));
    return Object.create(this, { roll: { value: throws } }) as Season;
  }

  /** Morning of a day of the season. */
  begin(day: number): void {
    this.day = day;
    this.time.to(Date.parse(`${dayAfter(day)}T08:00:00Z`));
  }

  get now(): Date {
    return this.time.now;
  }

  note(text: string): void {
    this.diary.push(`day ${this.day}: ${text}`);
    const kind = text.split(' ', 2).join(' ');
    this.tally.set(kind, (this.tally.get(kind) ?? 0) + 1);
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new SeasonFault('Nothing to pick from.');
    return list[this.roll(list.length) - 1] as T;
  }

  chance(percent: number): boolean {
    return this.roll(100) <= percent;
  }

  /** Performances that are sold now: of the next days, soonest first. */
  upcoming(days = 12) {
    return SEASON_PERFORMANCES.filter((one) => one.day > this.day && one.day <= this.day + days);
  }

  /**
   * The sales form: the reseller learns the products, and the prices of today. `without`: seat
   * categories that were forgotten in it.
   */
  sendForm(reseller: SeasonReseller, without: readonly string[] = []): void {
    const say = WORDS[reseller.code];
    const now = this.now.getTime();
    for (const product of PRODUCTS) {
      const prices: Record<string, Record<string, string>> = {};
      const categories = ['SHOW', 'MATCH'].includes(product) ? ['CAT1', 'PIT'] : [''];
      for (const category of categories) {
        if (without.includes(category)) continue;
        const byTariff: Record<string, string> = {};
        for (const tariff of TARIFFS) {
          const list = this.prices.at(product, category, tariff, now) ?? 0;
          reseller.form.set(`${product}|${category}|${tariff}`, list);
          byTariff[say.tariff[tariff]] = this.reported(reseller, list);
        }
        for (const [word, means] of reseller.learned.tariffs) {
          byTariff[word] = byTariff[say.tariff[means]] as string;
        }
        prices[say.category[category] as string] = byTariff;
      }
      for (const [word, means] of reseller.learned.categories) {
        const known = prices[say.category[means] as string];
        if (known !== undefined) prices[word] = known;
      }
      const commission = TERMS[reseller.code].commission.kind === 'amount' ? '1.80' : null;
      reseller.simulator.switchboard.setProduct({
        code: say.product(product),
        ...(categories[0] === ''
          ? { type: 'pass' }
          : {
              performances: SEASON_PERFORMANCES.filter((one) => one.product === product).map(
                ({ start }) => ({ start, hall: say.hall }),
              ),
            }),
        prices,
        commission,
      });
    }
  }

  /** A price of our list as this reseller reports it. */
  reported(reseller: SeasonReseller, list: number): string {
    const { includes, onTop, commission } = TERMS[reseller.code];
    const taken =
      commission.kind === 'amount'
        ? commission.value
        : Math.round((list * commission.value) / 10_000);
    const told = onTop && includes ? list + taken : !onTop && !includes ? list - taken : list;
    return (told / 100).toFixed(2);
  }

  /** Loads a part of the house file; answers the codes of what was refused. */
  async load(part: Partial<HouseFile>): Promise<string[]> {
    const { database, ids } = this.trio;
    const organisation = {
      code: 'SEASON',
      name: 'Season',
      currency: 'EUR',
      time_zone: 'Europe/Paris',
    };
    const house: HouseFile = { format: 'parterre-house/1', organisation, ...part };
    const result = await loadHouse(database, ids, testSecretBox, house, {
      clock: () => this.time.tick(),
      author: 'bruno',
    });
    return result.outcome === 'refused' ? result.problems.map(({ code }) => code) : [];
  }

  /** A run whose process dies: from some moment on its database answers nothing any more. */
  async runAndDie(
    reseller: SeasonReseller,
    what: RunFunction,
    work: (context: ExchangeContext) => Promise<void>,
  ): Promise<void> {
    const dying = dyingServices(this.trio.services, this.roll(14), this.roll(3) === 1);
    const request = {
      organisationId: this.trio.organisationId,
      interfaceId: reseller.interfaceId,
      function: what,
      source: 'schedule' as const,
      startedBy: 'night',
    };
    try {
      await withRun(dying.services, request, work);
      this.note(`${reseller.code} ${what} ended before it was killed`);
    } catch (error) {
      if (!dying.isDead() && !(error instanceof Killed)) throw error;
      this.note(`${reseller.code} ${what} killed`);
    }
  }

  /** What the reseller says of itself and what happened last, for a failure. */
  story(): string {
    return this.diary.slice(-30).join('\n');
  }

  tariffOf(reseller: SeasonReseller, word: string): TariffCode | null {
    const said = Object.entries(WORDS[reseller.code].tariff).find(([, one]) => one === word);
    return (said?.[0] as TariffCode | undefined) ?? reseller.learned.tariffs.get(word) ?? null;
  }
}

/** Instants that only rise, a hundredth of a second at a time. */
class SeasonTime {
  #at = Date.parse(`${FIRST_DAY}T06:00:00Z`);

  get now(): Date {
    return new Date(this.#at);
  }

  to(instant: number): void {
    this.#at = Math.max(this.#at, instant);
  }

  tick(): Date {
    this.#at += 10;
    return this.now;
  }
}
