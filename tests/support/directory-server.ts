/** A directory (OpenID Connect) on loopback: it signs in whom the test names. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface DirectoryServer {
  url: string;
  /** The one-time code of a person who signed in there. */
  codeFor(claims: Readonly<Record<string, unknown>>): string;
  /** From now on its tokens are signed with a key that it does not tell. */
  forge(): void;
  stop(): Promise<void>;
}

export async function startDirectory(clientId: string): Promise<DirectoryServer> {
  const honest = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forged = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let signer = honest.privateKey;
  const codes = new Map<string, Readonly<Record<string, unknown>>>();

  const sign = (claims: object): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${part(claims)}`;
    return `${body}.${createSign('RSA-SHA256').update(body).sign(signer, 'base64url')}`;
  };

  const tokens = async (request: IncomingMessage): Promise<object> => {
    const form = new URLSearchParams(await text(request));
    const claims = codes.get(form.get('code') ?? '');
    if (claims === undefined || !form.get('code_verifier')) return { error: 'invalid_grant' };
    codes.delete(form.get('code') ?? '');
    const now = Math.floor(Date.now() / 1_000);
    const idToken = sign({ iss: url, aud: clientId, iat: now, exp: now + 300, ...claims });
    return { token_type: 'Bearer', access_token: 'unused', expires_in: 300, id_token: idToken };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answers: Record<string, () => object | Promise<object>> = {
      '/.well-known/openid-configuration': () => ({
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      '/keys': () => ({
        keys: [{ ...honest.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256' }],
      }),
      '/token': () => tokens(request),
    };
    const body = await answers[request.url ?? '']?.();
    const status = body === undefined ? 404 : 'error' in body ? 400 : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    codeFor(claims) {
      const code = `code-${codes.size}-${String(claims.email)}`;
      codes.set(code, claims);
      return code;
    },
    forge() {
      signer = forged.privateKey;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
