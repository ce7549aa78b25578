/** Tables that two people may edit: read with their version, saved over that version only. */
import { exchange } from '../../api/send.ts';

export interface Tagged<T> {
  data: T;
  /** Sent back as If-Match; '' where the server gave none. */
  tag: string;
}

/** Reads an address with its ETag. Throws ProblemError. */
export async function readTagged<T>(url: string): Promise<Tagged<T>> {
  const response = await exchange(url, {});
  return { data: (await response.json()) as T, tag: response.headers.get('etag') ?? '' };
}

/** Options of a write that must not overwrite what its author has not seen. */
export function over(tag: string): { headers: Record<string, string> } {
  return { headers: { 'if-match': tag } };
}
