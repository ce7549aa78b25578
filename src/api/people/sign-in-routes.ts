/** What there is to sign in with: for the sign-in page, and for who looks after the settings. */
import { z } from 'zod';
import { ADDRESS_RULE, LOGIN_RULE } from '../../exchange/people/limits.ts';
import { passkeySite } from '../../exchange/people/passkeys.ts';
import type { Api } from '../route.ts';
import { answers } from '../route.ts';
import type { PeopleRouteSettings } from './people-problem.ts';
import { PASSWORD_LENGTH } from './sign-in-terms.ts';

const TAG = { tags: ['people'] };

export function signInRoutes(app: Api, { publicUrl, directory }: PeopleRouteSettings): void {
  const site = passkeySite(publicUrl);
  const ways = z.object({
    directory: z.boolean(),
    passkeys: z.boolean(),
    passwordLength: z.object({ minimum: z.int(), maximum: z.int() }),
  });
  app.get(
    '/sign-in',
    {
      config: { action: 'public' },
      schema: { ...TAG, summary: 'The ways to sign in here', response: answers(ways) },
    },
    () => ({
      directory: directory !== null,
      passkeys: site !== null,
      passwordLength: PASSWORD_LENGTH,
    }),
  );
  const rule = z.object({ attempts: z.int(), lockSeconds: z.int() });
  const state = z.object({
    publicUrl: z.string(),
    secureCookies: z.boolean(),
    directory: z.object({ discoveryUrl: z.string(), clientId: z.string() }).nullable(),
    passkeys: z.object({ rpId: z.string() }).nullable(),
    locks: z.object({ login: rule, address: rule }),
  });
  app.get(
    '/sign-in/settings',
    {
      config: { action: 'people.read' },
      schema: {
        ...TAG,
        summary: 'How the server’s settings let people sign in; no secret is told',
        response: answers(state),
      },
    },
    () => ({
      publicUrl: new URL(publicUrl).origin,
      secureCookies: publicUrl.startsWith('https:'),
      directory: directory && {
        discoveryUrl: directory.discoveryUrl,
        clientId: directory.clientId,
      },
      passkeys: site && { rpId: site.rpId },
      locks: { login: pick(LOGIN_RULE), address: pick(ADDRESS_RULE) },
    }),
  );
}

const pick = ({ attempts, lockSeconds }: { attempts: number; lockSeconds: number }) => ({
  attempts,
  lockSeconds,
});
