/** What a verb of the exchange works with: one run on one interface. */
import type { AnyOpenChannel, Channel, Ports } from '../channels/contract/channel.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { RunLog } from '../runs/log.ts';
import type { Database } from '../store/database/database.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { InterfaceRecord, OrganisationRecord } from '../store/interface-store.ts';
import type { Counts, RunFunction, RunSource, RunState } from '../store/run-store.ts';
import type { SecretBox } from '../store/secrets.ts';

export type Clock = () => Date;

/** Put together by src/main; a test gives its own clock, holder, wait and every. */
export interface ExchangeServices {
  database: Database;
  ids: IdSource;
  clock: Clock;
  secrets: SecretBox;
  /** The channel of this id, undefined when there is none. */
  findChannel(id: string): Channel | undefined;
  /** Every channel of this build: a new interface chooses among them. */
  listChannels(): readonly Channel[];
  /** What a channel gets, over this recorder and until this signal. */
  openPorts(request: PortsRequest): Ports;
  holder: {
    /** `host:pid:start` of this process. */
    readonly name: string;
    /** Whether a holder of this host is known to be dead. */
    isDead(name: string): boolean;
  };
  /** Waits; ends early, without an error, when the signal fires. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Repeats work until stopped; stopping waits for the work that runs. */
  every(ms: number, work: () => Promise<void>): () => Promise<void>;
  /** Defaults: a heartbeat every 10 s extends the lease to now + 15 s. */
  leaseTimes?: { heartbeatMs: number; leaseMs: number };
}

export interface PortsRequest {
  recorder: Ports['recorder'];
  timeZone: string;
  currency: string;
  signal: AbortSignal;
}

export interface RunFilters {
  productIds?: readonly number[];
  performanceIds?: readonly number[];
  /** Serves one run: read again from this instant. */
  fromDate?: string;
  /** Serves one run: read the reseller's journal again from its beginning. */
  fromBeginning?: boolean;
  /** Of an export or a take-back: only what stands in these, the dialog's rows. */
  contingentIds?: readonly number[];
  /** Of an export: sends refused places again, by a person's choice. */
  againRefused?: boolean;
}

export interface RunRequest {
  organisationId: number;
  interfaceId: number;
  function: RunFunction;
  source: RunSource;
  /** Who started it: a login, or the schedule's name. */
  startedBy: string;
  filters?: RunFilters;
  /** Runs everything and writes nothing but its log. */
  simulation?: boolean;
  scheduleId?: number;
  /** What starts while the account is busy waits; false: the result says for whom. */
  wait?: boolean;
  /**
   * Asked in the transaction that takes the account, with the id of the run to be: false, and
   * nothing is started (RunUnwanted). For what several workers may be at.
   */
  claim?: (tx: Tx, runId: number) => Promise<boolean>;
  /** Told once for each run it waits for. */
  onWait?: (by: RunningRun) => void;
  /** Stops the run (a worker that ends). */
  signal?: AbortSignal;
}

/** The run that holds the account. */
export interface RunningRun {
  id: number;
  number: number;
  function: RunFunction;
  interfaceCode: string;
  startedBy: string;
  startedAt: string;
}

export interface ExchangeContext {
  readonly database: Database;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly organisation: OrganisationRecord;
  /** Its config is the plain part; the secrets went into the open channel and nowhere else. */
  readonly interface: InterfaceRecord;
  /** Capabilities, title: ask these, never the channel's name. */
  readonly channel: Channel;
  readonly open: AnyOpenChannel;
  readonly log: RunLog;
  readonly run: {
    readonly id: number;
    readonly number: number;
    /** Of the account's lease: only rises. */
    readonly attempt: number;
    readonly simulation: boolean;
    readonly startedBy: string;
    readonly filters: RunFilters;
  };
  /** Fires when the run is cancelled or has lost its lease; check it between batches. */
  readonly signal: AbortSignal;
  /**
   * Proves, until the end of the transaction, that this attempt still holds the account: the
   * first statement of each batch. Throws LeaseLost.
   */
  assertHolds(tx: Tx): Promise<void>;
}

export type RunResult =
  | {
      outcome: 'ran';
      run: { id: number; number: number };
      state: Exclude<RunState, 'running'>;
      counts: Counts;
      /** Why the run stopped before its end; null when it came to its end. */
      failure: Problem | null;
    }
  /** Nothing was started: the interface may not run this. */
  | { outcome: 'refused'; problem: Problem }
  /** Nothing was started: the account is busy and the request does not wait. */
  | { outcome: 'busy'; by: RunningRun };
