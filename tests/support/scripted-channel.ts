/**
 * A reseller in memory that implements the channel contract: it keeps books of its own, and a test
 * scripts how it answers next. It knows nothing of ours but the words it is told.
 */
import { z } from 'zod';
import type { Capabilities } from '../../src/channels/contract/capabilities.ts';
import type { Channel } from '../../src/channels/contract/channel.ts';
import { ChannelError } from '../../src/channels/contract/errors.ts';
import type {
  ExternalPerformance,
  ItemAnswer,
  ListedItem,
  StockCommand,
  StockItem,
  StockOutcome,
} from '../../src/channels/contract/stock.ts';

type SeatItem = Extract<StockItem, { type: 'seat' }>;
type CountItem = Extract<StockItem, { type: 'count' }>;

interface HeldSeat extends Omit<SeatItem, 'key' | 'type'> {
  allotment: string;
  sold: string | null;
}

interface HeldCount {
  allotment: string;
  block: string;
  category: string;
  free: number;
  sold: number;
}

/** What happens to the next command: before or after the work is done. */
export type Script =
  | { does: 'answer' }
  /** Does the work, then the answer is lost. */
  | { does: 'lose-answer' }
  /** Nothing arrives, and nobody can tell. */
  | { does: 'lose-command' }
  /** Could surely not leave. */
  | { does: 'unreachable' }
  | { does: 'refuse'; reason: string; code?: 'external.fault_busy' }
  /** Answers all items but the first. */
  | { does: 'forget-item' };

const CAPABILITIES: Capabilities = {
  products: { events: 'seated', passes: 'both' },
  catalogue: 'manual-form',
  contingents: {
    seats: 'push',
    zones: 'push',
    datedPasses: 'limit',
    undatedPasses: 'limit',
    withdraw: true,
    list: true,
  },
  sales: {
    mode: 'none',
    cancellations: false,
    refunds: false,
    replacements: false,
    exchanges: false,
    holders: false,
    names: false,
    files: 'none',
  },
  booking: 'none',
  access: { codes: 'reseller', lists: 'none' },
  repeat: 'by-reference',
  limits: { itemsPerCommand: 4, messagesPerPage: 100, callsPerMinute: 1_000 },
};

const placeOf = (item: { block: string; row: string; seat: string }): string =>
  `${item.block}/${item.row}/${item.seat}`;
const showOf = ({ product, start }: ExternalPerformance): string => `${product} ${start}`;

/** A performance is named `product start` (`MOSA02 2027-02-01T20:00`), a seat `block/row/seat`. */
export class ScriptedReseller {
  readonly channel: Channel;
  /** Commands as they arrived, look-ups not counted. */
  readonly received: StockCommand[] = [];
  readonly lookUps: string[] = [];
  /** Look-ups that fail before they work again. */
  failingLookUps = 0;
  /** The most places of a zone it takes or gives back in one command; null: all. */
  mostOfZone: number | null = null;
  /** Happens once, after the work and before the answer: what a person does meanwhile. */
  beforeAnswer: (() => Promise<void>) | null = null;
  readonly #seats = new Map<string, Map<string, HeldSeat>>();
  readonly #counts = new Map<string, Map<string, HeldCount>>();
  readonly #answers = new Map<string, StockOutcome>();
  readonly #refusals = new Map<string, string>();
  readonly #steps: Script[] = [];

  constructor(capabilities: Partial<Capabilities> = {}) {
    this.channel = {
      id: 'scripted',
      title: { fr: 'Essai', en: 'Trial', de: 'Probe', it: 'Prova', es: 'Prueba' },
      config: { schema: z.object({}), fields: {} },
      capabilities: { ...CAPABILITIES, ...capabilities },
      account: () => 'SCRIPT',
      open: () => ({
        testConnection: async () => [{ service: 'stock', outcome: 'ok', detail: '' }],
        contingents: {
          send: (command) => this.#send(command),
          lookUp: async (reference) => this.#lookUp(reference),
        },
        contingentList: { list: (performance) => this.#list(performance) },
      }),
    };
  }

  /** How the next commands are met, in turn; then as they should. */
  script(...steps: Script[]): void {
    this.#steps.push(...steps);
  }

  /** From here on everything is met as it should. */
  forgetScript(): void {
    this.#steps.length = 0;
    this.failingLookUps = 0;
    this.beforeAnswer = null;
  }

  /** Refuses this seat with a reason; null: takes it again. */
  refuse(place: string, reason: string | null): void {
    if (reason === null) this.#refusals.delete(place);
    else this.#refusals.set(place, reason);
  }

  sell(show: string, place: string, ticket: string): void {
    const held = this.seats(show).get(place);
    if (held === undefined || held.sold !== null) throw new Error(`Cannot sell ${place}.`);
    held.sold = ticket;
  }

  cancel(show: string, place: string): void {
    const held = this.seats(show).get(place);
    if (held === undefined) throw new Error(`Cannot cancel ${place}.`);
    held.sold = null;
  }

  /** Puts a seat into its books behind our back. */
  plant(show: string, seat: Omit<HeldSeat, 'sold'>): void {
    this.seats(show).set(placeOf(seat), { ...seat, sold: null });
  }

  seats(show: string): Map<string, HeldSeat> {
    return getOrMake(this.#seats, show);
  }

  counts(show: string): Map<string, HeldCount> {
    return getOrMake(this.#counts, show);
  }

  async #send(command: StockCommand): Promise<StockOutcome> {
    const step = this.#steps.shift() ?? { does: 'answer' };
    if (step.does === 'unreachable') {
      throw new ChannelError('external.unreachable', 'nobody is there', { sent: false });
    }
    if (step.does === 'lose-command') return { outcome: 'unknown', reason: 'lost on the way' };
    this.received.push(command);
    if (step.does === 'refuse') {
      const refused: StockOutcome = { outcome: 'refused', reason: step.reason };
      if (step.code !== undefined) return { ...refused, code: step.code };
      this.#answers.set(command.reference, refused);
      return refused;
    }
    const outcome = this.#work(command);
    const act = this.beforeAnswer;
    this.beforeAnswer = null;
    await act?.();
    if (step.does === 'lose-answer') return { outcome: 'unknown', reason: 'the answer was lost' };
    if (step.does === 'forget-item' && outcome.outcome === 'done') {
      return { outcome: 'done', items: outcome.items.slice(1) };
    }
    return outcome;
  }

  #lookUp(reference: string): StockOutcome {
    this.lookUps.push(reference);
    if (this.failingLookUps > 0) {
      this.failingLookUps -= 1;
      return { outcome: 'unknown', reason: 'busy' };
    }
    return this.#answers.get(reference) ?? { outcome: 'never-arrived' };
  }

  /** The same reference does nothing twice. */
  #work(command: StockCommand): StockOutcome {
    const known = this.#answers.get(command.reference);
    if (known !== undefined) return known;
    const items = command.items.map((item) =>
      item.type === 'seat' ? this.#answerSeat(command, item) : this.#answerCount(command, item),
    );
    const outcome: StockOutcome = { outcome: 'done', items };
    this.#answers.set(command.reference, outcome);
    return outcome;
  }

  #answerSeat(command: StockCommand, item: SeatItem): ItemAnswer {
    const books = this.seats(showOf(command.performance));
    const place = placeOf(item);
    const held = books.get(place);
    const say = (result: ItemAnswer['result'], reason: string | null = null): ItemAnswer => {
      const quantity = result === 'accepted' || result === 'withdrawn' ? 1 : 0;
      return { key: item.key, result, quantity, reason };
    };
    const refusal = this.#refusals.get(place);
    if (refusal !== undefined) return say('refused', refusal);
    if (command.action === 'add') {
      if (held !== undefined) return say('already-there');
      const { block, row, seat, category } = item;
      books.set(place, { block, row, seat, category, allotment: command.allotment, sold: null });
      return say('accepted');
    }
    if (held === undefined) return say('not-there');
    if (held.sold !== null) return say('sold');
    books.delete(place);
    return say('withdrawn');
  }

  #answerCount(command: StockCommand, item: CountItem): ItemAnswer {
    const books = this.counts(showOf(command.performance));
    const { block, category } = item;
    const { allotment } = command;
    const name = `${allotment}/${block}`;
    const held = books.get(name) ?? { allotment, block, category, free: 0, sold: 0 };
    books.set(name, held);
    const most = Math.min(item.quantity, this.mostOfZone ?? item.quantity);
    const quantity = command.action === 'add' ? most : Math.min(most, held.free);
    held.free += command.action === 'add' ? quantity : -quantity;
    const result = command.action === 'add' ? 'accepted' : 'withdrawn';
    const reason = quantity < item.quantity ? 'fewer' : null;
    return { key: item.key, result: quantity === 0 ? 'refused' : result, quantity, reason };
  }

  async *#list(performance: ExternalPerformance): AsyncGenerator<readonly ListedItem[]> {
    const items = [...this.seats(showOf(performance)).values()].map(listedSeat);
    // Pages of three: a reader must not count on one page.
    for (let at = 0; at < items.length; at += 3) yield items.slice(at, at + 3);
    const zones = [...this.counts(showOf(performance)).values()];
    if (zones.length > 0) yield zones.map((held): ListedItem => ({ type: 'count', ...held }));
  }
}

function listedSeat({ sold, ...seat }: HeldSeat): ListedItem {
  return { type: 'seat', ...seat, state: sold === null ? 'free' : 'sold', ticket: sold };
}

function getOrMake<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
}
