/** Calls to webhooks and chats: signed, bounded, never to a private address that is not allowed. */
import { createHmac } from 'node:crypto';
import type { SendResult } from '../domain/watch/delivery.ts';
import type { HookAddress } from '../exchange/watch/deliver.ts';
import type { Http } from '../transport/http.ts';
import { TransportError } from '../transport/transport-error.ts';

/**
 * The header `Parterre-Signature`: `t=UNIX_SECONDS,v1=HEX`, where HEX is HMAC-SHA256 over
 * `UNIX_SECONDS.BODY` with the hook's secret. Each attempt has its own time, so that a receiver
 * may refuse what is older than some minutes.
 */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

const LIMITS = {
  totalMs: 30_000,
  idleMs: 15_000,
  connectMs: 10_000,
  maxBytes: 64 * 1024,
  maxRedirects: 0,
};

export interface HookCall {
  id: number;
  event: string;
  body: string;
  at: Date;
}

/** Posts the body; any 2xx is a delivery, 410 says that the receiver wants no more of it. */
export async function callHook(
  http: Http,
  address: HookAddress,
  { id, event, body, at }: HookCall,
): Promise<SendResult> {
  try {
    const { status, body: answer } = await http.send({
      method: 'POST',
      url: address.url,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'parterre-delivery': String(id),
        'parterre-event': event,
        'parterre-signature': signatureOf(address.secret, body, at),
      },
      body,
      limits: LIMITS,
    });
    await discard(answer);
    if (status >= 200 && status < 300) return { outcome: 'delivered', status, detail: null };
    const detail = `the receiver answered ${status}`;
    return { outcome: status === 410 ? 'refused' : 'retry', status, detail };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    // Its address may be the secret of a chat hook: only the host is in a detail of transport.
    const { code, detail, status } = error;
    const refused = code === 'address';
    return { outcome: refused ? 'refused' : 'retry', status, detail: `${code}: ${detail}` };
  }
}

/** What a receiver says is of no use; its end frees the connection, and a flood breaks off. */
async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _piece of body) {
      // Read and forgotten.
    }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
  }
}
