/**
 * How the generated client reaches the server: as the person who is signed in, for one
 * organisation, writes once. Whatever goes wrong is thrown as a `ProblemError`.
 */
import { ProblemError, readProblem, unreachable } from './problem.ts';

const KEPT_AS = 'parterre.organisation';
let organisation: string | null = localStorage.getItem(KEPT_AS);

/** The organisation that requests are about, here and next time; null: the person's first. */
export function actFor(code: string | null): void {
  organisation = code;
  if (code === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, code);
}

/** Whether requests name an organisation. */
export function actsForOne(): boolean {
  return organisation !== null;
}

/** Options of a request, as the generated client gives them. */
export interface SendOptions extends Omit<RequestInit, 'headers'> {
  headers?: Readonly<Record<string, string>>;
}

/** Sends and reads JSON (or nothing). Throws ProblemError. */
export async function send<T>(url: string, options: SendOptions): Promise<T> {
  const response = await exchange(url, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** The same for a file, or where the answer's headers matter. */
export async function exchange(url: string, options: SendOptions): Promise<Response> {
  const { headers = {}, method = 'GET', ...rest } = options;
  const all = new Headers(headers);
  if (organisation !== null) all.set('parterre-organisation', organisation);
  // A write whose answer was lost on the way is sent again with the same key: it is done once.
  const isWrite = method !== 'GET' && url.startsWith('/api/v1/');
  if (isWrite) all.set('idempotency-key', newKey());
  const request = { ...rest, method, headers: all, credentials: 'same-origin' } as const;
  const response = await reach(url, request).catch((error: unknown) => {
    if (isWrite && isUnreachable(error)) return reach(url, request);
    throw error;
  });
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return response;
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(unreachable());
  }
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'unreachable';

/** Not `randomUUID`: browsers have it only over https. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** For addresses that the browser opens by itself, without our headers: streams and files. */
export function organisationQuery(): Record<string, string> {
  return organisation === null ? {} : { organisation };
}
