import type { Soap } from '../../transport/soap.ts';
import type { ContingentListPort, ContingentPort } from '../contract/channel.ts';
import { ChannelError } from '../contract/errors.ts';
import type {
  ExternalPerformance,
  ListedItem,
  StockCommand,
  StockOutcome,
} from '../contract/stock.ts';
import { asChannelError, codeOf } from '../contract/wire-error.ts';
import type { FnacConfig } from './config.ts';
import {
  toItemAnswer,
  toListedCount,
  toListedSeat,
  toWireCommand,
  toWirePerformance,
} from './map.ts';
import { Page } from './sales.ts';
import type { FnacServices } from './services.ts';
import { callOf } from './wire/faults.ts';
import { LISTED_PLACE_FIELDS } from './wire/names.ts';
import type { WireCommandAnswer } from './wire/stock.ts';
import { CommandAnswerCollector, LINE_ANSWER_FIELDS, QuotaCollector } from './wire/stock.ts';

const LISTED_FIELDS: ReadonlySet<string> = new Set(LISTED_PLACE_FIELDS);
const ANSWER_FIELDS: ReadonlySet<string> = new Set(LINE_ANSWER_FIELDS);
const PLACES_PER_PAGE = 5_000;

/** Faults after which the reseller has surely done nothing of a command. */
const REFUSING: readonly string[] = [
  'external.fault_authentication',
  'external.fault_unknown_manager',
  'external.fault_unknown_product',
  'external.fault_busy',
];

/** Contingentement: commands on the reseller's stock, and its list of places. */
export class FnacContingents implements ContingentPort, ContingentListPort {
  readonly #config: FnacConfig;
  readonly #services: FnacServices;

  constructor(config: FnacConfig, services: FnacServices) {
    this.#config = config;
    this.#services = services;
  }

  async send(command: StockCommand): Promise<StockOutcome> {
    const operation = command.action === 'add' ? 'ajouterPlaces' : 'retirerPlaces';
    const service = await this.#services.get('Contingentement');
    const args = { codeGestionnaire: this.#config.managerCode, ...toWireCommand(command) };
    try {
      return outcomeOf(await answerOf(service, operation, args), command);
    } catch (error) {
      const failure = asChannelError(error, callOf('Contingentement', command.performance.product));
      if (failure instanceof ChannelError && failure.sent) return outcomeOfFailure(failure);
      // A stop of ours after sending is no different: nobody knows what the reseller did.
      if (isSent(error)) return { outcome: 'unknown', reason: String(error) };
      throw failure;
    }
  }

  async lookUp(reference: string): Promise<StockOutcome> {
    const service = await this.#services.get('Contingentement');
    const args = { codeGestionnaire: this.#config.managerCode, reference };
    try {
      return outcomeOf(await answerOf(service, 'etatCommande', args), null);
    } catch (error) {
      const failure = asChannelError(error, callOf('Contingentement'));
      return { outcome: 'unknown', reason: messageOf(failure), code: codeOf(failure) };
    }
  }

  async *list(performance: ExternalPerformance): AsyncGenerator<readonly ListedItem[]> {
    const service = await this.#services.get('Contingentement');
    let cursor: string | null = null;
    let unreadable = 0;
    for (;;) {
      const page = new Page('Contingentement');
      const quotas = new QuotaCollector();
      const args = {
        codeGestionnaire: this.#config.managerCode,
        ...toWirePerformance(performance),
        ...(cursor === null ? {} : { curseur: cursor }),
        nombreMax: PLACES_PER_PAGE,
      };
      const header = (name: string, text: string): void => {
        page.header(name, text);
        quotas.element(name, text);
      };
      const query = { record: 'placeNumerotee', fields: LISTED_FIELDS, header };
      try {
        for await (const lines of service.records('listerPlaces', args, query)) {
          const items = lines.map(toListedSeat).filter((item) => item !== null);
          unreadable += lines.length - items.length;
          yield items;
        }
      } catch (error) {
        throw asChannelError(error, callOf('Contingentement', performance.product));
      }
      const counts = quotas.quotas.map(toListedCount).filter((item) => item !== null);
      unreadable += quotas.quotas.length - counts.length;
      if (counts.length > 0) yield counts;
      if (!page.more() || page.next === cursor) break;
      cursor = page.next;
    }
    tellUnreadable('placeNumerotee', unreadable);
  }
}

/** Throws when lines could not be read; the others were handed over before. */
export function tellUnreadable(field: string, count: number): void {
  if (count === 0) return;
  const params = { field, value: null, count };
  const words = `${count} lines of the list could not be read`;
  throw new ChannelError('external.unreadable_message', words, { params, sent: true });
}

/** As long as the command, so it is read as it streams in. Throws what the port throws. */
async function answerOf(
  service: Soap,
  operation: string,
  args: Readonly<Record<string, unknown>>,
): Promise<WireCommandAnswer | null> {
  const answer = new CommandAnswerCollector();
  const header = (name: string, text: string): void => answer.element(name, text);
  const query = { record: 'ligne', fields: ANSWER_FIELDS, header };
  for await (const lines of service.records(operation, args, query)) answer.add(lines);
  return answer.answer();
}

function outcomeOf(read: WireCommandAnswer | null, command: StockCommand | null): StockOutcome {
  if (read === null) return unreadableAnswer('the state of the command is missing');
  if (read.etat === 'INCONNUE') {
    return command === null
      ? { outcome: 'never-arrived' }
      : unreadableAnswer('the reseller does not know the command it answers');
  }
  if (read.etat === 'REFUSEE') return { outcome: 'refused', reason: read.motif };
  const items = read.lines.map(toItemAnswer).filter((item) => item !== null);
  if (items.length < read.lines.length) return unreadableAnswer('a line cannot be read');
  const answered = new Set(items.map((item) => item.key));
  const missing = command?.items.filter((item) => !answered.has(item.key)).length ?? 0;
  if (missing > 0) return unreadableAnswer(`${missing} lines were not answered`);
  return { outcome: 'done', items };
}

function unreadableAnswer(reason: string): StockOutcome {
  return { outcome: 'unknown', reason, code: 'external.unexpected_answer' };
}

function outcomeOfFailure(failure: ChannelError): StockOutcome {
  const { status } = failure.params;
  // A 4xx is refused at the door; after a 5xx, a page or a break nobody knows.
  const atTheDoor = failure.code === 'external.status' && Number(status) < 500 && status !== 408;
  const refused = REFUSING.includes(failure.code) || atTheDoor;
  const reason = messageOf(failure);
  return { outcome: refused ? 'refused' : 'unknown', reason, code: failure.code };
}

function isSent(error: unknown): boolean {
  return error instanceof Error && 'sent' in error && error.sent === true;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
