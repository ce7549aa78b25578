import type { Books, Entry, Performance, Product } from './books.ts';
import { readLine } from './lines.ts';
import { StockService } from './stock-service.ts';
import type { Element } from './xml.ts';
import { tag, textOf } from './xml.ts';

/** A fault of the reseller's, as the WSDLs declare it. */
export class Fault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const SERVICES = {
  EtatVentes: { folder: '/allotementWS-CXF/services/V09_43', pair: 'contingent' },
  Contingentement: { folder: '/allotementWS-CXF/services/V09_43', pair: 'contingent' },
  PrepareCtrlAcces: { folder: '/ctrlAccesWS-CXF/services/V09_11', pair: 'access' },
  GetCtrlAcces: { folder: '/ctrlAccesWS-CXF/services/V09_11', pair: 'access' },
} as const;

export type ServiceName = keyof typeof SERVICES;

const NAMESPACES: Record<ServiceName, string> = {
  EtatVentes: 'urn:parterre:fnac:etat-ventes:1',
  Contingentement: 'urn:parterre:fnac:contingentement:1',
  PrepareCtrlAcces: 'urn:parterre:fnac:prepare-ctrl-acces:1',
  GetCtrlAcces: 'urn:parterre:fnac:get-ctrl-acces:1',
};

const MOST_PER_PAGE = 5_000;
const ENVELOPE = '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">';

export interface AccessMood {
  pollsBeforeReady: number;
  fails: boolean;
}

/** The four services: they read a request, change the books by entries, and write an answer. */
export class Services {
  readonly #books: Books;
  readonly #stock: StockService;
  readonly #managerCode: string;
  readonly #commit: (entry: Entry) => void;
  readonly #seed: number;
  readonly #polls = new Map<string, number>();
  readonly access: AccessMood = { pollsBeforeReady: 1, fails: false };
  /** The highest sequence that was ever read: lines after it may still be reordered. */
  served = 0;
  /** Told of every page of sales that leaves. */
  onSales: ((page: readonly Buffer[]) => void) | null = null;

  constructor(
    books: Books,
    settings: { managerCode: string; seed: number },
    commit: (entry: Entry) => void,
  ) {
    this.#books = books;
    this.#managerCode = settings.managerCode;
    this.#seed = settings.seed;
    this.#commit = commit;
    this.#stock = new StockService(books, commit);
  }

  /** Answers the body of the envelope's request. Throws a Fault. */
  answer(service: ServiceName, request: Element): Buffer {
    if (textOf(request, 'codeGestionnaire') !== this.#managerCode) {
      throw new Fault('GESTIONNAIRE_INCONNU', 'Le code gestionnaire est inconnu');
    }
    const parts = this.#parts(service, request);
    const name = `${request.name}Response`;
    const opening = `${ENVELOPE}<soap:Body><${name} xmlns="${NAMESPACES[service]}">`;
    return Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${opening}\n`),
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
      Buffer.from(`</${name}></soap:Body></soap:Envelope>\n`),
    ]);
  }

  #parts(service: ServiceName, request: Element): (string | Buffer)[] {
    switch (`${service}.${request.name}`) {
      case 'EtatVentes.etatVentes':
        return this.#sales(request);
      case 'Contingentement.ajouterPlaces':
        return [this.#stock.command(request, 'add', this.#product(request))];
      case 'Contingentement.retirerPlaces':
        return [this.#stock.command(request, 'withdraw', this.#product(request))];
      case 'Contingentement.etatCommande':
        return [this.#stock.lookUp(textOf(request, 'reference') ?? '')];
      case 'Contingentement.listerPlaces':
        return [this.#stock.list(this.#performance(request), window(request))];
      case 'PrepareCtrlAcces.prepareCtrlAcces':
        return [this.#prepare(request)];
      case 'GetCtrlAcces.getCtrlAcces':
        return [this.#fetch(request)];
      default:
        throw new Fault('INTERNE', `Opération inconnue: ${request.name}`);
    }
  }

  #product(request: Element): Product {
    const code = textOf(request, 'manifestation') ?? '';
    const product = this.#books.products.get(code);
    if (!product) throw new Fault('MANIFESTATION_INCONNUE', `Manifestation inconnue: ${code}`);
    return product;
  }

  #performance(request: Element): Performance {
    const performance = this.#books.performance(
      this.#product(request),
      textOf(request, 'seance'),
      textOf(request, 'dateSeance'),
    );
    if (!performance) throw new Fault('MANIFESTATION_INCONNUE', 'Séance inconnue');
    return performance;
  }

  #sales(request: Element): (string | Buffer)[] {
    const { from, count } = window(request);
    const only = (['manifestation', 'seance', 'dateSeance'] as const)
      .map((name) => [name, textOf(request, name)] as const)
      .filter(([, value]) => value !== null);
    if (only.some(([name]) => name === 'manifestation')) this.#product(request);
    const { lines } = this.#books;
    const page: Buffer[] = [];
    let sequence = Math.min(from, lines.length);
    for (; sequence < lines.length && page.length < count; sequence += 1) {
      const line = lines[sequence];
      if (line && (only.length === 0 || matches(line, only))) page.push(line);
    }
    this.served = Math.max(this.served, sequence);
    this.onSales?.(page);
    return [tag('suite', sequence < lines.length), tag('curseurSuivant', sequence), '\n', ...page];
  }

  #prepare(request: Element): string {
    const product = this.#product(request);
    const named = textOf(request, 'seance') ?? textOf(request, 'dateSeance');
    const performance = named === null ? null : this.#performance(request);
    const number = `D${this.#seed % 1000}${String(this.#books.requests.size + 1).padStart(6, '0')}`;
    const key = performance === null ? null : keyIn(product, performance);
    const code = product.definition.code;
    this.#commit({ entry: 'request', number, product: code, performance: key });
    return tag('numeroDemande', number);
  }

  #fetch(request: Element): string {
    const number = textOf(request, 'numeroDemande') ?? '';
    const entries = this.#books.requests.get(number);
    if (!entries || this.access.fails) {
      const reason = entries ? 'La liste ne peut être produite' : 'Demande inconnue';
      return `${tag('etat', 'ECHEC')}${tag('motif', reason)}${tag('suite', false)}`;
    }
    const polls = (this.#polls.get(number) ?? 0) + 1;
    this.#polls.set(number, polls);
    if (polls <= this.access.pollsBeforeReady) {
      return `${tag('etat', 'EN_COURS')}${tag('suite', false)}`;
    }
    const { from, count } = window(request);
    const page = entries.slice(from, from + count).map(({ barcode, ticket, state, line }) => {
      const place = `${tag('bloc', line.bloc)}${tag('rang', line.rang)}`;
      const who = [
        tag('codeBarres', barcode),
        tag('numeroBillet', ticket),
        tag('etat', state),
      ].join('');
      return `<entree>${who}${place}${tag('place', line.place)}</entree>`;
    });
    const next = from + page.length;
    const head = `${tag('etat', 'PRETE')}${tag('suite', next < entries.length)}`;
    return `${head}${tag('curseurSuivant', next)}${page.join('\n')}`;
  }
}

/** A fault as SOAP 1.1 writes it, with our typed detail. */
export function faultXml(code: string, message: string): string {
  const who = code === 'INTERNE' || code === 'OCCUPE' ? 'soap:Server' : 'soap:Client';
  const detail = `${tag('code', code)}${tag('message', message)}`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n${ENVELOPE}<soap:Body><soap:Fault>` +
    `${tag('faultcode', who)}${tag('faultstring', message)}<detail>` +
    `<erreur xmlns="urn:parterre:fnac:commun:1">${detail}</erreur>` +
    '</detail></soap:Fault></soap:Body></soap:Envelope>\n'
  );
}

function window(request: Element): { from: number; count: number } {
  const cursor = textOf(request, 'curseur') ?? '0';
  if (!/^\d{1,15}$/.test(cursor)) throw new Fault('INTERNE', `Curseur illisible: ${cursor}`);
  const count = Number(textOf(request, 'nombreMax') ?? MOST_PER_PAGE);
  if (!(count >= 1)) throw new Fault('INTERNE', 'nombreMax doit être positif');
  return { from: Number(cursor), count: Math.min(count, MOST_PER_PAGE) };
}

function matches(line: Buffer, only: (readonly [string, string | null])[]): boolean {
  const fields = readLine(line);
  return only.every(([name, value]) => {
    const carried = fields[name] ?? '';
    return name === 'dateSeance' ? carried.slice(0, 16) === value?.slice(0, 16) : carried === value;
  });
}

function keyIn(product: Product, performance: Performance): string | null {
  for (const [key, candidate] of product.performances) if (candidate === performance) return key;
  return null;
}
