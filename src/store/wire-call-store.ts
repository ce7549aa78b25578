/** Recordings of calls to resellers: redacted before they come here, compressed here. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

/** Most bytes of a body that are kept, before compression; digest and length are of the whole. */
export const WIRE_BODY_BYTES_MAX = 256 * 1024;

export interface WireCallRecord {
  /** The service and what it was asked: `EtatVentes`. */
  operation: string;
  method: string;
  url: string;
  startedAt: Date;
  durationMs: number;
  status: number | null;
  /** `ok`, or the code of what went wrong. */
  outcome: string;
  requestBytes: number;
  responseBytes: number;
  /** SHA-256 of the bytes as they travelled, before redaction. */
  requestDigest: string | null;
  responseDigest: string | null;
  /** Redacted; null when nothing may be kept. */
  request: string | null;
  response: string | null;
  /** What went wrong and where: never content of the body. */
  fault: object | null;
}

export interface CompressedWireCall extends Omit<WireCallRecord, 'request' | 'response'> {
  request: Uint8Array | null;
  response: Uint8Array | null;
}

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** Caps and compresses the bodies; done before the transaction, so that it stays short. */
export async function compressWireCall(call: WireCallRecord): Promise<CompressedWireCall> {
  const [request, response] = await Promise.all([pack(call.request), pack(call.response)]);
  return { ...call, request, response };
}

async function pack(body: string | null): Promise<Uint8Array | null> {
  if (body === null) return null;
  const bytes = Buffer.from(body);
  if (bytes.length <= WIRE_BODY_BYTES_MAX) return await compress(bytes);
  const cut = bytes.subarray(0, WIRE_BODY_BYTES_MAX);
  const note = `\n… ${bytes.length - WIRE_BODY_BYTES_MAX} more bytes were not kept`;
  return await compress(Buffer.concat([cut, Buffer.from(note)]));
}

/** Inserts one recording; answers its id. */
export async function insertWireCall(
  tx: Tx,
  ids: IdSource,
  of: { runId: number | null; interfaceId: number },
  call: CompressedWireCall,
): Promise<number> {
  const [id] = await ids.take(1, tx);
  await tx.execute(
    `insert into wire_call (organisation_id, id, run_id, interface_id, operation, method, url,
       started_at, duration_ms, status, outcome, request_bytes, response_bytes, request_digest,
       response_digest, request, response, fault)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      tx.organisationId,
      id,
      of.runId,
      of.interfaceId,
      call.operation,
      call.method,
      call.url,
      call.startedAt.toISOString(),
      Math.round(call.durationMs),
      call.status,
      call.outcome,
      call.requestBytes,
      call.responseBytes,
      call.requestDigest,
      call.responseDigest,
      call.request,
      call.response,
      call.fault === null ? null : JSON.stringify(call.fault),
    ],
  );
  return id as number;
}

export interface WireCallSummary
  extends Omit<WireCallRecord, 'request' | 'response' | 'startedAt'> {
  id: number;
  startedAt: string;
}

const SUMMARY = `
  select id, operation, method, url, started_at as "startedAt", duration_ms as "durationMs",
         status, outcome, request_bytes as "requestBytes", response_bytes as "responseBytes",
         request_digest as "requestDigest", response_digest as "responseDigest", fault
  from wire_call where organisation_id = $1 and run_id = $2`;

/** The calls of a run in the order they were written, without their bodies. */
export function listWireCalls(
  tx: Tx,
  runId: number,
  page: { afterId: number; limit: number },
): Promise<WireCallSummary[]> {
  return tx.query<WireCallSummary>(`${SUMMARY} and id > $3 order by id limit $4`, [
    tx.organisationId,
    runId,
    page.afterId,
    page.limit,
  ]);
}

/** One call of a run; null where there is no such call. */
export async function findWireCall(
  tx: Tx,
  runId: number,
  id: number,
): Promise<WireCallSummary | null> {
  const params = [tx.organisationId, runId, id];
  const rows = await tx.query<WireCallSummary>(`${SUMMARY} and id = $3`, params);
  return rows[0] ?? null;
}

/** The bodies of one call, as text; null where nothing was kept or no such call is there. */
export async function readWireBodies(
  tx: Tx,
  id: number,
): Promise<{ request: string | null; response: string | null }> {
  const rows = await tx.query<{ request: Uint8Array | null; response: Uint8Array | null }>(
    'select request, response from wire_call where organisation_id = $1 and id = $2',
    [tx.organisationId, id],
  );
  const unpack = async (bytes: Uint8Array | null | undefined): Promise<string | null> =>
    bytes == null ? null : (await expand(bytes)).toString('utf8');
  const [row] = rows;
  return { request: await unpack(row?.request), response: await unpack(row?.response) };
}

/** Forgets recordings older than `before`, at most `limit` at once; answers how many. */
export async function deleteWireCallsBefore(tx: Tx, before: Date, limit: number): Promise<number> {
  return await tx.execute(
    `delete from wire_call where organisation_id = $1 and id in (
       select id from wire_call where organisation_id = $1 and started_at < $2
       order by id limit $3)`,
    [tx.organisationId, before.toISOString(), limit],
  );
}
