import type { z } from 'zod';
import type { Message, MessageKind } from '../../domain/order/message.ts';
import type { Problem, ProblemCode } from '../../domain/order/problem.ts';
import type { Http } from '../../transport/http.ts';
import type { Recorder } from '../../transport/recording.ts';
import type { SoapPort } from '../../transport/soap.ts';
import type { Capabilities, OneLiteralEach } from './capabilities.ts';
import type { SalesFilesPort } from './files/sales-file.ts';
import type { ExternalPerformance, ListedItem, StockCommand, StockOutcome } from './stock.ts';

export const LANGUAGES = ['fr', 'en', 'de', 'it', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Texts = Readonly<Record<Language, string>>;

/** One field of the settings form; the form is drawn from these. */
export interface ConfigField {
  label: Texts;
  /** Encrypted at rest, never returned, never logged. */
  secret: boolean;
}

/** What a channel gets from the house. Never the database. */
export interface Ports {
  http: Http;
  soap: SoapPort;
  recorder: Recorder;
  clock: () => Date;
  /** IANA zone in which the reseller's local times are read. */
  timeZone: string;
  currency: string;
  signal?: AbortSignal;
}

/** A record of the reseller's: a message, or what could not be read, told with its place. */
export type Received =
  | {
      readable: true;
      message: Message;
      /** As below, where the reseller may correct a record in its place. */
      position?: string;
    }
  | {
      readable: false;
      /** Where in the answer: the reseller's sequence or the line number. */
      position: string;
      ticket: string | null;
      /** What it was to be, as far as that could be read: tells which message corrects it. */
      operation?: { kind: MessageKind | null; number: number | null };
      problems: readonly Problem[];
      /** The fields that were kept, redacted: enough for a person to find it at the reseller. */
      fields: Readonly<Record<string, string>>;
    };

export interface SalesBatch {
  records: readonly Received[];
  /** Where to go on after this batch; opaque to the engine, which stores it with the records. */
  cursor: string;
}

export interface SalesRequest {
  /** null: from the beginning. */
  cursor: string | null;
  /** Only this product or performance, in the reseller's words. */
  only: ExternalPerformance | null;
  /** Most records in a batch. */
  batchSize: number;
}

export type ConnectionOutcome =
  | 'ok'
  | 'wrong-password'
  | 'unreachable'
  | 'unknown-account'
  | 'fault';

export interface ConnectionCheck {
  service: string;
  outcome: ConnectionOutcome;
  /** What it is exactly, where the channel knows; its text then says more than the outcome. */
  code?: ProblemCode;
  detail: string;
}

export interface AccessEntry {
  code: string;
  ticket: string | null;
  state: 'valid' | 'cancelled';
  place: { block: string | null; row: string | null; seat: string | null };
}

export type AccessAnswer =
  | { state: 'in-progress' }
  | { state: 'failed'; reason: string }
  | { state: 'ready'; entries: AsyncIterable<readonly AccessEntry[]> };

export interface SalesPort {
  /** Yields batches in the reseller's order until it has no more; a broken answer throws a
   * ChannelError after what arrived whole was yielded. */
  pull(request: SalesRequest): AsyncIterable<SalesBatch>;
}

export interface ContingentPort {
  /** Never throws for what happened on the way: that is the outcome `unknown` or `refused`. It
   * throws a ChannelError with `sent: false` when the command surely did not leave. */
  send(command: StockCommand): Promise<StockOutcome>;
  /** Asks what became of a command, by our reference. */
  lookUp(reference: string): Promise<StockOutcome>;
}

export interface ContingentListPort {
  list(performance: ExternalPerformance): AsyncIterable<readonly ListedItem[]>;
}

export interface AccessListPort {
  /** Asks for the list of a performance; answers the reseller's request number. */
  prepare(performance: ExternalPerformance): Promise<{ request: string }>;
  fetch(request: string): Promise<AccessAnswer>;
}

type Pushes<C extends Capabilities> = 'push' extends
  | C['contingents']['seats']
  | C['contingents']['zones']
  | C['contingents']['datedPasses']
  | C['contingents']['undatedPasses']
  ? true
  : false;

/** The methods follow from the capabilities: missing or undeclared ones do not compile. */
export type OpenChannel<C extends Capabilities> = {
  testConnection(): Promise<readonly ConnectionCheck[]>;
} & (C['sales']['mode'] extends 'pull' ? { sales: SalesPort } : { sales?: never }) &
  (C['sales']['files'] extends 'none' ? { salesFiles?: never } : { salesFiles: SalesFilesPort }) &
  (Pushes<C> extends true ? { contingents: ContingentPort } : { contingents?: never }) &
  (C['contingents']['list'] extends true
    ? { contingentList: ContingentListPort }
    : { contingentList?: never }) &
  (C['access']['lists'] extends 'prepare-fetch'
    ? { accessLists: AccessListPort }
    : { accessLists?: never });

/** Any open channel, for code that asks the capability (or the method) and not the name. */
export interface AnyOpenChannel {
  testConnection(): Promise<readonly ConnectionCheck[]>;
  sales?: SalesPort;
  salesFiles?: SalesFilesPort;
  contingents?: ContingentPort;
  contingentList?: ContingentListPort;
  accessLists?: AccessListPort;
}

export interface ChannelDefinition<S extends z.ZodType, C extends Capabilities> {
  /** The folder's name: lower case, `a-z-`. */
  id: string;
  title: Texts;
  config: { schema: S; fields: Readonly<Record<keyof z.output<S> & string, ConfigField>> };
  capabilities: C;
  /** What names one account at the reseller: sales are taken once per account. */
  account(config: z.output<S>): string;
  open(config: z.output<S>, ports: Ports): OpenChannel<C>;
}

export interface Channel {
  id: string;
  title: Texts;
  config: { schema: z.ZodType; fields: Readonly<Record<string, ConfigField>> };
  capabilities: Capabilities;
  /** Validates the config and names the account; throws a ZodError. */
  account(config: unknown): string;
  /** Validates the config and opens; throws a ZodError. */
  open(config: unknown, ports: Ports): AnyOpenChannel;
}

/** Defines a channel; the compiler holds the methods against the capabilities. */
export function defineChannel<S extends z.ZodType, const C extends Capabilities>(
  definition: ChannelDefinition<S, C> & { capabilities: OneLiteralEach<C> },
): Channel {
  const { schema, fields } = definition.config;
  return {
    id: definition.id,
    title: definition.title,
    config: { schema, fields: fields as Readonly<Record<string, ConfigField>> },
    capabilities: definition.capabilities as C,
    account: (config) => definition.account(schema.parse(config)),
    open: (config, ports) => definition.open(schema.parse(config), ports) as AnyOpenChannel,
  };
}
