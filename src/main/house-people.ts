/** People for a server: the sign-in of this house, and its first administrator. */
import type { People } from '../api/people/people.ts';
import { createPeople } from '../api/people/people.ts';
import type { Directory } from '../api/people/sign-in.ts';
import { createFirstAdministrator } from '../exchange/people/first-administrator.ts';
import { addressOfLink } from '../exchange/people/one-time-link.ts';
import { listOrganisations } from '../store/interface-store.ts';
import { deriveSecret } from '../store/secrets.ts';
import { publicUrlOf } from './cli/people.ts';
import type { Environment, House } from './services.ts';

/** Reads PARTERRE_URL, PARTERRE_SECRET and the PARTERRE_OIDC_ settings. */
export function createHousePeople(
  { services, database, dataFolder }: House,
  env: Environment,
  publicUrl: string = publicUrlOf(env),
): People {
  return createPeople({
    services,
    pool: database.foreignPool,
    secret: deriveSecret({ env, dataFolder }, 'sign-in'),
    publicUrl,
    directory: directoryOf(env),
  });
}

function directoryOf(env: Environment): Directory | null {
  const { PARTERRE_OIDC_URL: discoveryUrl, PARTERRE_OIDC_ID: clientId } = env;
  const clientSecret = env.PARTERRE_OIDC_SECRET;
  if (!discoveryUrl || !clientId || !clientSecret) return null;
  return { discoveryUrl, clientId, clientSecret };
}

/** With a name that no mail reaches: it is a login and nothing else. */
const ADMINISTRATOR = 'administrator@parterre.local';

const NO_HOUSE = [
  'There is no house yet. Load one, then start again to get its first administrator:',
  '  parterre house load FILE',
];

/**
 * Makes the first administrator of each organisation that has none; the lines to print on the
 * console, once. `PARTERRE_ADMIN_EMAIL` is their login.
 */
export async function greetFirstAdministrators(
  { services, database }: House,
  env: Environment,
  publicUrl: string = publicUrlOf(env),
): Promise<string[]> {
  const organisations = await database.administration((tx) => listOrganisations(tx));
  if (organisations.length === 0) return [...NO_HOUSE];
  const lines: string[] = [];
  for (const { id: organisationId, code } of organisations) {
    const made = await createFirstAdministrator(services, {
      organisationId,
      author: 'console',
      email: env.PARTERRE_ADMIN_EMAIL || ADMINISTRATOR,
      name: 'Administrator',
    });
    if (made === null) continue;
    lines.push(`The administrator of ${code} is ${made.email}.`);
    if (made.link === null) continue;
    lines.push(`Set the password here, once, until ${made.link.expiresAt.toISOString()}:`);
    lines.push(addressOfLink(publicUrl, made.link));
  }
  return lines;
}
