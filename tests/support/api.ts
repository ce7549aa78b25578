/** The API over a world of a test: callers say who they are in a header. */
import type { FastifyBaseLogger, FastifyInstance, InjectOptions } from 'fastify';
import type { Caller } from '../../src/api/caller.ts';
import { peopleRoutes } from '../../src/api/people/people-routes.ts';
import type { Api } from '../../src/api/route.ts';
import { createApi } from '../../src/api/server.ts';
import { isRole } from '../../src/domain/people/role.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import type { PeopleServices } from '../../src/exchange/people/people-request.ts';

export interface ApiOptions {
  routes?: readonly ((app: Api) => void)[];
  /** Asked besides: false signs the caller out. */
  knows?: () => boolean;
}

const quiet = (): void => undefined;
/** What is answered as 500 shows in the test's output with its cause. */
const failuresOnly = {
  level: 'error',
  ...{ fatal: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet, silent: quiet },
  error: (...of: unknown[]) => console.error(...of),
  child: () => failuresOnly,
};

/** The routes of people, for `routes` of a world: their sign-in is tested by itself. */
export function routesOfPeople(services: PeopleServices): (app: Api) => void {
  const settings = { services, publicUrl: 'http://127.0.0.1:8080', directory: null };
  return (app) => peopleRoutes(app, settings);
}

/** `x-caller: ORGANISATION ROLE [SCOPE,SCOPE]`. */
export async function openApi(
  exchange: ExchangeServices,
  { routes = [], knows = () => true }: ApiOptions = {},
): Promise<FastifyInstance> {
  const app = createApi({
    exchange,
    logger: failuresOnly as FastifyBaseLogger,
    routes,
    identify: async ({ headers }) => (knows() ? callerOf(headers['x-caller']) : null),
  });
  await app.ready();
  return app;
}

function callerOf(header: string | string[] | undefined): Caller | null {
  if (typeof header !== 'string') return null;
  const [organisation, role = '', scopes] = header.split(' ');
  if (!isRole(role)) return null;
  return {
    organisationId: Number(organisation),
    author: `${role}@house`,
    role,
    scopes: scopes === undefined ? null : new Set(scopes.split(',')),
    key: `${role}-1`,
    // Signed in as somebody who is gone: what is one's own is empty.
    ...(scopes === undefined ? { person: { id: `${role}-gone`, sessionId: 'none' } } : {}),
  };
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever JSON came.
  body: any;
}

/** Calls as a role of an organisation. */
export function callAs(app: FastifyInstance, organisationId: number, role = 'manager') {
  return async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const request: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: { 'x-caller': `${organisationId} ${role}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    };
    const { statusCode, headers: got, body: text } = await app.inject(request);
    const isJson = String(got['content-type']).includes('json');
    return { status: statusCode, headers: got, body: isJson ? JSON.parse(text) : text };
  };
}
