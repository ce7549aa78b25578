import type { AccessAnswer, AccessEntry, AccessListPort } from '../contract/channel.ts';
import type { ExternalPerformance } from '../contract/stock.ts';
import { asChannelError, unexpectedAnswer } from '../contract/wire-error.ts';
import type { FnacConfig } from './config.ts';
import { tellUnreadable } from './contingents.ts';
import { toAccessEntry, toWirePerformance } from './map.ts';
import { Page } from './sales.ts';
import type { FnacServices } from './services.ts';
import { callOf } from './wire/faults.ts';
import { ACCESS_ENTRY_FIELDS } from './wire/names.ts';
import { textIn } from './wire/stock.ts';

const FIELDS: ReadonlySet<string> = new Set(ACCESS_ENTRY_FIELDS);
const ENTRIES_PER_PAGE = 5_000;

interface AccessPage {
  state: string;
  reason: string;
  page: Page;
  entries: AccessEntry[];
  unreadable: number;
}

/** PrepareCtrlAcces and GetCtrlAcces: the list of codes of a performance, in two steps. */
export class FnacAccessLists implements AccessListPort {
  readonly #config: FnacConfig;
  readonly #services: FnacServices;

  constructor(config: FnacConfig, services: FnacServices) {
    this.#config = config;
    this.#services = services;
  }

  /** Throws a ChannelError. Asking twice makes two lists, which is harmless. */
  async prepare(performance: ExternalPerformance): Promise<{ request: string }> {
    const service = await this.#services.get('PrepareCtrlAcces');
    const { salle: _, ...where } = toWirePerformance(performance);
    const args = { codeGestionnaire: this.#config.managerCode, ...where };
    try {
      const { body } = await service.call('prepareCtrlAcces', args);
      const request = textIn(body, 'numeroDemande');
      if (request !== '') return { request };
    } catch (error) {
      throw asChannelError(error, callOf('PrepareCtrlAcces', performance.product));
    }
    throw unexpectedAnswer('PrepareCtrlAcces', 'no request number came');
  }

  /** Throws a ChannelError; so do the entries while they are read. */
  async fetch(request: string): Promise<AccessAnswer> {
    const first = await this.#page(request, null);
    if (first.state === 'EN_COURS') return { state: 'in-progress' };
    if (first.state === 'ECHEC') return { state: 'failed', reason: first.reason };
    if (first.state !== 'PRETE') throw unexpectedAnswer('GetCtrlAcces', 'the list has no state');
    return { state: 'ready', entries: this.#entries(request, first) };
  }

  async *#entries(request: string, first: AccessPage): AsyncGenerator<readonly AccessEntry[]> {
    let unreadable = 0;
    let cursor: string | null = null;
    for (let page = first; ; page = await this.#page(request, cursor)) {
      unreadable += page.unreadable;
      if (page.entries.length > 0) yield page.entries;
      if (!page.page.more()) break;
      if (page.page.next === null || page.page.next === cursor)
        throw unexpectedAnswer('GetCtrlAcces', 'no way on');
      cursor = page.page.next;
    }
    tellUnreadable('entree', unreadable);
  }

  async #page(request: string, cursor: string | null): Promise<AccessPage> {
    const service = await this.#services.get('GetCtrlAcces');
    const args = {
      codeGestionnaire: this.#config.managerCode,
      numeroDemande: request,
      ...(cursor === null ? {} : { curseur: cursor }),
      nombreMax: ENTRIES_PER_PAGE,
    };
    const read: AccessPage = {
      state: '',
      reason: '',
      page: new Page('GetCtrlAcces'),
      entries: [],
      unreadable: 0,
    };
    const header = (name: string, text: string): void => {
      read.page.header(name, text);
      if (name === 'etat') read.state = text.trim();
      if (name === 'motif') read.reason = text.trim();
    };
    try {
      const query = { record: 'entree', fields: FIELDS, header };
      for await (const lines of service.records('getCtrlAcces', args, query)) {
        for (const line of lines) {
          const entry = toAccessEntry(line);
          if (entry === null) read.unreadable += 1;
          else read.entries.push(entry);
        }
      }
    } catch (error) {
      throw asChannelError(error, callOf('GetCtrlAcces'));
    }
    return read;
  }
}
