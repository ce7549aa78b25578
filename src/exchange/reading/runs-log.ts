/** The log as its readers ask for it: run → lines → wire calls. */
import type { Database } from '../../store/database/database.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface, readOrganisation, withoutSecrets } from '../../store/interface-store.ts';
import type { RunFilter, RunFunction, RunLineRow, RunRecord } from '../../store/run-store.ts';
import {
  cancelRun,
  findRun,
  listRunLines,
  listRuns,
  RUN_FUNCTIONS,
} from '../../store/run-store.ts';
import type { WireCallSummary } from '../../store/wire-call-store.ts';
import { findWireCall, listWireCalls, readWireBodies } from '../../store/wire-call-store.ts';

export type { WireCallSummary };
export { RUN_FUNCTIONS, type RunFilter, type RunFunction, type RunLineRow, type RunRecord };

interface Reader {
  database: Database;
}

export interface OfRun {
  organisationId: number;
  runId: number;
}

/** The newest first. */
export function readRuns(
  { database }: Reader,
  { organisationId, ...filter }: RunFilter & { organisationId: number },
): Promise<RunRecord[]> {
  return database.transaction(organisationId, (tx) => listRuns(tx, filter), { readOnly: true });
}

/** A run with the interface it is about, and the zone in which its times are told. */
export interface ReadRun {
  run: RunRecord;
  interface: InterfaceRecord;
  timeZone: string;
}

/** Null where there is no such run. */
export function readRun({ database }: Reader, of: OfRun): Promise<ReadRun | null> {
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const run = await findRun(tx, of.runId);
      if (run === null) return null;
      const sealed = await findInterface(tx, run.interfaceId);
      if (sealed === null) throw new Error(`Run ${run.id} has no interface.`);
      const { timeZone } = await readOrganisation(tx);
      return { run, interface: withoutSecrets(sealed), timeZone };
    },
    { readOnly: true },
  );
}

export interface LinePage {
  afterId: number;
  limit: number;
}

export function readRunLines({ database }: Reader, of: OfRun & LinePage): Promise<RunLineRow[]> {
  return database.transaction(of.organisationId, (tx) => listRunLines(tx, of.runId, of), {
    readOnly: true,
  });
}

export function readWireCalls(
  { database }: Reader,
  of: OfRun & LinePage,
): Promise<WireCallSummary[]> {
  return database.transaction(of.organisationId, (tx) => listWireCalls(tx, of.runId, of), {
    readOnly: true,
  });
}

export type ReadWireCall = WireCallSummary & { request: string | null; response: string | null };

/** One call of a run with its redacted bodies; null where there is no such call. */
export function readWireCall(
  { database }: Reader,
  of: OfRun & { callId: number },
): Promise<ReadWireCall | null> {
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const call = await findWireCall(tx, of.runId, of.callId);
      return call === null ? null : { ...call, ...(await readWireBodies(tx, call.id)) };
    },
    { readOnly: true },
  );
}

/** Asks a run to stop: within a second it does. False when it does not run. */
export function stopRun({ database }: Reader, of: OfRun): Promise<boolean> {
  return database.transaction(of.organisationId, (tx) => cancelRun(tx, of.runId));
}

/** What has changed about a run since the line `afterId`, in one snapshot. */
export function readProgress(
  { database }: Reader,
  of: OfRun & LinePage,
): Promise<{ run: RunRecord; lines: RunLineRow[] } | null> {
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const run = await findRun(tx, of.runId);
      return run === null ? null : { run, lines: await listRunLines(tx, of.runId, of) };
    },
    { readOnly: true, isolation: 'repeatable read' },
  );
}
