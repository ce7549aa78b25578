/** Files of resellers as they are kept: redacted before they come here, compressed. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

const expand = promisify(gunzip);

export interface ReceivedFile {
  interfaceId: number;
  runId: number;
  /** Without its folder. */
  name: string;
  /** SHA-256 (hex) of the bytes as they came. */
  digest: string;
  byteCount: number;
  lineCount: number;
  receivedAt: string;
  /** gzip; null where it was too large to be kept. */
  content: Uint8Array | null;
}

/** Keeps a file; one of the same bytes that is there already stays as it is. */
export async function insertReceivedFile(tx: Tx, ids: IdSource, file: ReceivedFile): Promise<void> {
  const [id] = await ids.take(1, tx);
  const { interfaceId, runId, name, digest, byteCount, lineCount, receivedAt, content } = file;
  await tx.execute(
    `insert into received_file (organisation_id, id, interface_id, run_id, name, digest,
       byte_count, line_count, received_at, content)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (organisation_id, interface_id, digest) do nothing`,
    [
      tx.organisationId,
      id,
      interfaceId,
      runId,
      name,
      digest,
      byteCount,
      lineCount,
      receivedAt,
      content === null ? null : Buffer.from(content),
    ],
  );
}

/** When a file of these bytes was taken whole; null: never. */
export async function findReceivedFile(
  tx: Tx,
  interfaceId: number,
  digest: string,
): Promise<{ id: number; name: string; receivedAt: string } | null> {
  const [row] = await tx.query<{ id: number; name: string; receivedAt: string }>(
    `select id, name, received_at as "receivedAt" from received_file
     where organisation_id = $1 and interface_id = $2 and digest = $3`,
    [tx.organisationId, interfaceId, digest],
  );
  return row ?? null;
}

export type KeptFileSummary = Omit<ReceivedFile, 'content'> & { id: number };

/** The files that a run kept. */
export async function filesOfRun(tx: Tx, runId: number): Promise<KeptFileSummary[]> {
  return await tx.query<KeptFileSummary>(
    `select id, interface_id as "interfaceId", run_id as "runId", name, digest,
       byte_count as "byteCount", line_count as "lineCount", received_at as "receivedAt"
     from received_file where organisation_id = $1 and run_id = $2 order by id`,
    [tx.organisationId, runId],
  );
}

/** The redacted text of one; null where nothing was kept, or no longer is. */
export async function readKeptFile(tx: Tx, id: number): Promise<string | null> {
  const [row] = await tx.query<{ content: Uint8Array | null }>(
    'select content from received_file where organisation_id = $1 and id = $2',
    [tx.organisationId, id],
  );
  return row?.content == null ? null : (await expand(row.content)).toString('utf8');
}

/** Forgets the contents of files older than `before`; that they came stays. Answers how many. */
export async function forgetFilesBefore(tx: Tx, before: Date): Promise<number> {
  return await tx.execute(
    `update received_file set content = null
     where organisation_id = $1 and received_at < $2 and content is not null`,
    [tx.organisationId, before.toISOString()],
  );
}
