/** What a group of commands is, and what it is given. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ExchangeServices } from '../../exchange/context.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { InterfaceRecord, OrganisationRecord } from '../../store/interface-store.ts';
import { listInterfaces, listOrganisations } from '../../store/interface-store.ts';
import type { Environment, House } from '../services.ts';
import { dataFolderOf, openHouse } from '../services.ts';
import type { Reader } from './reader.ts';
import { readerOf, say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';

export interface CliCommand {
  name: string;
  /** What it does, in a line. */
  does: string;
  /** One form a line, as it is typed. */
  usage: string;
  /** Exit code: 0 done, 1 refused or found problems, 2 called wrongly. */
  run(args: string[], io: CliIo): Promise<number>;
}

export interface CliIo {
  /** One line on stdout, on stderr. */
  out(text: string): void;
  err(text: string): void;
  env: Environment;
  /** Fires when the person or the system wants the command to end. */
  signal: AbortSignal;
  /** The database and services, without an organisation. */
  openHouse(options?: { anySchema?: boolean }): Promise<House>;
  /** The same with the organisation of this code, or the only one. */
  open(options: OpenOptions): Promise<OpenOrganisation>;
}

export interface OpenOptions {
  organisation?: string | undefined;
  /** Of what is told; the organisation's where nothing is asked. */
  language?: string | undefined;
}

export interface OpenOrganisation {
  services: ExchangeServices;
  organisation: OrganisationRecord;
  reader: Reader;
  /** Who is at the keyboard, for journals and runs. */
  author: string;
  close(): Promise<void>;
}

export function createIo(
  streams: Pick<CliIo, 'out' | 'err' | 'env' | 'signal'> & { clock?: () => Date },
): CliIo {
  const { out, err, env, signal, clock } = streams;
  const open = (options: { anySchema?: boolean } = {}): Promise<House> =>
    patiently(openHouse({ env, ...options, ...(clock === undefined ? {} : { clock }) }), {
      err,
      env,
      signal,
    });
  return {
    out,
    err,
    env,
    signal,
    openHouse: open,
    async open({ organisation: code, language }) {
      const house = await open();
      try {
        const organisation = await chooseOrganisation(house, code);
        const { services, close } = house;
        const reader = readerOf(organisation, language);
        return { services, organisation, reader, author: userInfo().username, close };
      } catch (error) {
        await house.close();
        throw error;
      }
    },
  };
}

const SILENT_MS = 4_000;

/**
 * Waits for the database as long as it takes, because a long transaction of the owner is no fault,
 * but not in silence: an owner that was stopped or hangs never answers. A stop ends the waiting.
 */
async function patiently(
  opening: Promise<House>,
  { err, env, signal }: Pick<CliIo, 'err' | 'env' | 'signal'>,
): Promise<House> {
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(new Refusal('Stopped before the database answered.'));
  if (signal.aborted) return await opening;
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    const who = silentOne(env);
    if (who !== null) err(`${who} does not answer yet. Still waiting; Ctrl-C gives up.`);
  }, SILENT_MS);
  try {
    return await Promise.race([opening, stopped.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** Whom an opening waits for; null where this process itself makes or mends the database. */
function silentOne(env: Environment): string | null {
  if (env.DATABASE_URL) return 'The server of DATABASE_URL';
  const folder = dataFolderOf(env);
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return pid === process.pid ? null : `Process ${pid}, which owns the data folder ${folder},`;
  } catch {
    return null;
  }
}

async function chooseOrganisation(
  house: House,
  code: string | undefined,
): Promise<OrganisationRecord> {
  const all = await house.database.administration((tx) => listOrganisations(tx));
  const codes = all.map((one) => one.code).join(', ');
  if (all.length === 0) {
    throw new Refusal('There is no organisation yet. Load a house: parterre house load FILE');
  }
  if (code === undefined) {
    const [only, ...others] = all;
    if (only !== undefined && others.length === 0) return only;
    throw new UsageError(`Say which organisation: --organisation CODE, one of ${codes}.`);
  }
  const found = all.find((one) => one.code === code);
  if (found === undefined) throw new UsageError(`There is no organisation ${code}, only ${codes}.`);
  return found;
}

/** The interface of this code; without a code the only one. */
export async function chooseInterface(
  { services, organisation, reader }: OpenOrganisation,
  code: string | undefined,
): Promise<InterfaceRecord> {
  const all = await services.database.transaction(organisation.id, (tx) => listInterfaces(tx));
  const codes = all.map((one) => one.code).join(', ') || '-';
  const found = code === undefined ? all.length === 1 && all[0] : all.find((i) => i.code === code);
  if (found) return found;
  throw new UsageError(
    code === undefined
      ? say(reader, 'interface.which', { codes })
      : say(reader, 'interface.unknown', { code, codes }),
  );
}

/**
 * Performances by what people type: `PRODUCT/CODE`, `PRODUCT/2026-06-10T20:00`, or the code alone
 * where only one has it.
 */
export async function choosePerformances(
  { services, organisation, reader }: OpenOrganisation,
  texts: readonly string[],
): Promise<number[]> {
  if (texts.length === 0) return [];
  const catalogue = await services.database.transaction(organisation.id, (tx) => loadCatalogue(tx));
  const named = [...catalogue.performanceById.values()].map((performance) => {
    const product = catalogue.productById.get(performance.productId)?.code ?? '';
    const { code, localStart } = performance;
    return { id: performance.id, code, names: [`${product}/${code}`, `${product}/${localStart}`] };
  });
  return texts.map((text) => {
    const exact = named.filter((one) => one.names.includes(text));
    const found = exact.length > 0 ? exact : named.filter((one) => one.code === text);
    const [only, ...others] = found;
    if (only === undefined) {
      throw new UsageError(say(reader, 'performance.unknown', { text }));
    }
    if (others.length === 0) return only.id;
    const which = found.map((one) => one.names[0]).join(', ');
    throw new UsageError(say(reader, 'performance.several', { text, which }));
  });
}

/** Products by code; a code that lives in several seasons names them all. */
export async function chooseProducts(
  { services, organisation, reader }: OpenOrganisation,
  codes: readonly string[],
): Promise<number[]> {
  if (codes.length === 0) return [];
  const catalogue = await services.database.transaction(organisation.id, (tx) => loadCatalogue(tx));
  const products = [...catalogue.productById.values()];
  return codes.flatMap((code) => {
    const found = products.filter((product) => product.code === code);
    if (found.length === 0) throw new UsageError(say(reader, 'product.unknown', { code }));
    return found.map((product) => product.id);
  });
}
