/** Everything about people that a server mounts, put together from what the house gives. */
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { RequestLimits } from '../../exchange/people/limits.ts';
import { passkeySite } from '../../exchange/people/passkeys.ts';
import type { PeopleServices } from '../../exchange/people/people-request.ts';
import { noteOwnChange } from '../../exchange/people/sign-ins.ts';
import type { Identify } from '../caller.ts';
import type { Api } from '../route.ts';
import { authRoutes } from './auth-routes.ts';
import { createIdentify } from './identify.ts';
import { peopleRoutes } from './people-routes.ts';
import type { Directory, OpenSignIn, SignIn } from './sign-in.ts';

export interface PeopleSettings {
  services: PeopleServices;
  /** `database.foreignPool`. */
  pool: Pool;
  /** `deriveSecret(…, 'sign-in')` of the store's secrets. */
  secret: string;
  /** Where people reach this server. */
  publicUrl: string;
  directory?: Directory | null;
}

export interface People {
  identify: Identify;
  /** Opens the sign-in library, once. */
  signIn: OpenSignIn;
  /** `app.register(people.auth)`: /api/auth, on the server itself. */
  auth: (app: FastifyInstance) => Promise<void>;
  /** For createApi's `routes`: people, keys and /me below /api/v1. */
  routes: (app: Api) => void;
}

export function createPeople(settings: PeopleSettings): People {
  const { services, publicUrl } = settings;
  let opened: Promise<SignIn> | null = null;
  const signIn: OpenSignIn = () => {
    opened ??= openSignIn(settings);
    return opened;
  };
  const shared = { services, signIn, limits: new RequestLimits(services), publicUrl };
  return {
    identify: createIdentify(shared),
    signIn,
    auth: authRoutes(shared),
    routes: (app) =>
      peopleRoutes(app, { services, publicUrl, directory: settings.directory ?? null }),
  };
}

async function openSignIn(settings: PeopleSettings): Promise<SignIn> {
  const { services, publicUrl } = settings;
  const { createSignIn } = await import('./sign-in.ts');
  return createSignIn({
    ...settings,
    house: {
      onPasswordSet: (person) => noteOwnChange(services, person, { action: 'person.password' }),
      passkeys: { services, site: passkeySite(publicUrl) },
    },
  });
}
