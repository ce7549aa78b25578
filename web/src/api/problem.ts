/** What the server refuses, as a typed error: a stable code, and each thing that is wrong. */
import type { Problem } from './generated/client.ts';

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Anything thrown as a problem; what we did not foresee has the code `unexpected`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { ...unreachable(), code: 'unexpected', detail };
}

/** Nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 401;
}

/** No answer came: the network, or a server that is starting. */
export function unreachable(): Problem {
  return {
    type: 'about:blank',
    title: '',
    status: 0,
    code: 'unreachable',
    detail: '',
    requestId: '',
  };
}

/** A proxy in between may answer with something that is no problem of ours. */
export async function readProblem(response: Response): Promise<Problem> {
  const { status, statusText } = response;
  const plain = { ...unreachable(), status, code: `http.${status}`, detail: statusText };
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Partial<Problem>;
    return { ...plain, ...body };
  } catch {
    return plain;
  }
}
