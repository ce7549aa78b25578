import { appendFileSync, readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningSimulator, SimulatedProduct } from '../../contract/switchboard.ts';
import { SwitchboardError } from '../../contract/switchboard.ts';
import type { Entry } from './books.ts';
import { Books } from './books.ts';
import { Desk } from './desk.ts';
import { JournalFile } from './journal.ts';
import { buyersIn } from './lines.ts';
import { answerRudely, spoil, spoilsAnswer } from './rudeness.ts';
import type { ServiceName } from './services.ts';
import { Fault, faultXml, SERVICES, Services } from './services.ts';
import type { Element } from './xml.ts';
import { child, parseXml } from './xml.ts';

const XML = { 'content-type': 'text/xml; charset=utf-8' };
const REQUEST_BYTES_MAX = 16_000_000;
const WSDL_FOLDER = new URL('../wire/wsdl/', import.meta.url);

export interface Account {
  user: string;
  password: string;
}

export interface FnacSimulatorSettings {
  /** 0 takes a free one. */
  port: number;
  /** Where its file lies; made when missing. */
  folder: string;
  seed?: number;
  clock: () => Date;
  users: { contingent: Account; access: Account };
  managerCode: string;
  /** The venue's zone: all times on the wire are local to it. */
  timeZone?: string;
  currency?: string;
  /** Products it knows from its first start; a later start keeps what its file says. */
  products?: readonly SimulatedProduct[];
  /** Waits for the disk at every write: a power cut loses nothing either. */
  fsync?: boolean;
  /** Writes down in its folder what contact data left with the sales: see CONTACTS_FILE. */
  noteContacts?: boolean;
}

/** One JSON object a line, each buyer whose data was sent: what must be nowhere else. */
export const CONTACTS_FILE = 'fnac-contacts.jsonl';

/** Starts the reseller. Rejects when the port is taken or the folder cannot be written. */
export async function startFnacSimulator(
  settings: FnacSimulatorSettings,
): Promise<RunningSimulator> {
  const seed = settings.seed ?? 1;
  const books = new Books();
  const file = new JournalFile<Entry>(settings.folder, settings.fsync === true, (entry) =>
    books.apply(entry),
  );
  const commit = (entry: Entry): void => {
    file.append(entry);
    books.apply(entry);
  };
  const services = new Services(books, { managerCode: settings.managerCode, seed }, commit);
  if (settings.noteContacts === true) services.onSales = noteContacts(settings.folder);
  const now = localClock(settings.clock, settings.timeZone ?? 'Europe/Paris');
  const desk = new Desk(
    books,
    services,
    { seed, currency: settings.currency ?? 'EUR', now },
    commit,
  );
  for (const product of settings.products ?? []) {
    if (!books.products.has(product.code)) desk.setProduct(product);
  }
  const server = createServer((request, response) => {
    serve({ settings, services, desk }, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const port = await listen(server, settings.port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    banner: bannerOf(url, settings),
    switchboard: desk,
    salesFile: (request) => desk.salesFile(request),
    async stop() {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      file.close();
    },
  };
}

function noteContacts(folder: string): (page: readonly Buffer[]) => void {
  const noted = new Set<string>();
  return (page) => {
    const news = buyersIn(page).map((buyer) => JSON.stringify(buyer));
    const lines = [...new Set(news)].filter((line) => !noted.has(line));
    for (const line of lines) noted.add(line);
    if (lines.length > 0) appendFileSync(join(folder, CONTACTS_FILE), `${lines.join('\n')}\n`);
  };
}

/** The four addresses, as they go into the interface's settings. */
export function fnacAddresses(url: string): Record<ServiceName, string> {
  const address = (name: ServiceName): string => `${url}${SERVICES[name].folder}/${name}`;
  return {
    EtatVentes: address('EtatVentes'),
    Contingentement: address('Contingentement'),
    PrepareCtrlAcces: address('PrepareCtrlAcces'),
    GetCtrlAcces: address('GetCtrlAcces'),
  };
}

interface House {
  settings: FnacSimulatorSettings;
  services: Services;
  desk: Desk;
}

async function serve(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  if (url.pathname.startsWith('/switchboard/')) {
    return serveSwitchboard(house.desk, url, request, response);
  }
  const name = basename(url.pathname);
  if (request.method === 'GET') return serveWsdl(name, request, response);
  if (!(name in SERVICES)) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  await serveSoap(house, name as ServiceName, request, response);
}

async function serveSoap(
  { settings, services, desk }: House,
  service: ServiceName,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readBody(request);
  const milliseconds = desk.moods.takeDelay(service);
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const failure = desk.moods.takeFailure(service);
  if (failure !== null && !spoilsAnswer(failure)) {
    answerRudely(failure, service, request, response);
    return;
  }
  const account = settings.users[SERVICES[service].pair];
  const expected = Buffer.from(`${account.user}:${account.password}`).toString('base64');
  if (request.headers.authorization !== `Basic ${expected}`) {
    response
      .writeHead(401, { ...XML, 'www-authenticate': 'Basic realm="billetel"' })
      .end(faultXml('AUTHENTIFICATION', 'Utilisateur ou mot de passe incorrect'));
    return;
  }
  let body: Buffer;
  try {
    body = services.answer(service, bodyOf(text));
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault('INTERNE', String(error));
    response.writeHead(500, XML).end(faultXml(fault.code, fault.message));
    return;
  }
  if (desk.moods.takeDrop(service)) {
    request.socket.destroy();
    return;
  }
  if (failure !== null) spoil(failure, body, response);
  else response.writeHead(200, { ...XML, 'content-length': body.length }).end(body);
}

function bodyOf(text: string): Element {
  let envelope: Element | undefined;
  try {
    envelope = child(parseXml(text), 'Envelope');
  } catch {
    throw new Fault('INTERNE', "La requête n'est pas bien formée");
  }
  const operation = envelope && child(envelope, 'Body')?.children[0];
  if (!operation) throw new Fault('INTERNE', 'Le corps de la requête manque');
  return operation;
}

function serveWsdl(name: string, request: IncomingMessage, response: ServerResponse): void {
  const file = name in SERVICES ? `${name}.wsdl` : name === 'commun.xsd' ? name : null;
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const text = readFileSync(fileURLToPath(new URL(file, WSDL_FOLDER)), 'utf8');
  const here = `http://${request.headers.host ?? 'localhost'}/`;
  response
    .writeHead(200, XML)
    .end(text.replace('location="http://localhost/', `location="${here}`));
}

async function serveSwitchboard(
  desk: Desk,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const command = basename(url.pathname);
  const answer = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const methods = desk as unknown as Record<string, unknown>;
  const known = Object.getOwnPropertyNames(Desk.prototype).includes(command);
  const method = methods[command];
  if (!known || command === 'constructor' || typeof method !== 'function') {
    answer(404, { error: `No switchboard command ${command}` });
    return;
  }
  try {
    const text = await readBody(request);
    const argument: unknown = text === '' ? {} : JSON.parse(text);
    answer(200, method.call(desk, argument));
  } catch (error) {
    const status = error instanceof SwitchboardError ? error.status : 400;
    answer(status, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > REQUEST_BYTES_MAX) throw new Error('The request is too long');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Loopback only: the switchboard asks nobody's password.
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

/** The clock's instant as local time, `YYYY-MM-DDTHH:MM:SS`. */
function localClock(clock: () => Date, timeZone: string): () => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return () => format.format(clock()).replace(' ', 'T');
}

function bannerOf(url: string, settings: FnacSimulatorSettings): string {
  const addresses = fnacAddresses(url);
  return [
    'FNAC simulator (Parterre’s own contract; nothing here is FNAC’s)',
    `  EtatVentes        ${addresses.EtatVentes}`,
    `  Contingentement   ${addresses.Contingentement}`,
    `  PrepareCtrlAcces  ${addresses.PrepareCtrlAcces}`,
    `  GetCtrlAcces      ${addresses.GetCtrlAcces}`,
    `  users             ${settings.users.contingent.user}, ${settings.users.access.user}`,
    `  manager code      ${settings.managerCode}`,
    `  switchboard       POST ${url}/switchboard/<command>, state: GET ${url}/switchboard/state`,
    `  memory            ${settings.folder}`,
  ].join('\n');
}
