/** Who calls: what a route needs to know of a person or a key, and the port that finds it out. */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../domain/people/role.ts';

export interface Caller {
  organisationId: number;
  /** As the journal names them: a login, or `key:NAME`. */
  author: string;
  role: Role;
  /** Of an API key: the actions it may do, within its role; null: all that the role may. */
  scopes: ReadonlySet<string> | null;
  /** Opaque and stable for this person or key: idempotency is scoped to it. */
  key: string;
  /** Whose own account and session it is; a key has none. */
  person?: { id: string; sessionId: string };
}

/** Finds out who calls; null: nobody (401). Asked again each minute while a stream is open. */
export type Identify = (request: FastifyRequest) => Promise<Caller | null>;
