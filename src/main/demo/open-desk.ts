/**
 * The web application of the demo, on the loopback: the house at the end of its story, a worker
 * that runs its schedules, and a person of each role to sign in as.
 */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Role } from '../../domain/people/role.ts';
import { addPerson, resetPerson } from '../../exchange/people/change-people.ts';
import { startSchedule } from '../../exchange/schedules/change-schedules.ts';
import { readScheduleTable } from '../../exchange/schedules/read-schedules.ts';
import { deriveSecret } from '../../store/secrets.ts';
import { createProcessLog } from '../process-log.ts';
import type { Server } from '../serve.ts';
import { serveHouse } from '../serve-house.ts';
import type { Environment, House } from '../services.ts';
import { AUTHOR } from './begin-demo.ts';
import type { Story } from './story.ts';

const HOST = '127.0.0.1';
const USUAL_PORT = 8080;
/** With a domain that no mail reaches. */
const PEOPLE: readonly { role: Role; email: string; name: string }[] = [
  { role: 'manager', email: 'manager@mosa.test', name: 'Camille Manager' },
  { role: 'box_office', email: 'guichet@mosa.test', name: 'Dominique Guichet' },
  { role: 'administrator', email: 'admin@mosa.test', name: 'Alix Admin' },
  { role: 'auditor', email: 'audit@mosa.test', name: 'Claude Audit' },
  { role: 'steward', email: 'porte@mosa.test', name: 'Sacha Porte' },
];

export interface Desk {
  address: string;
  /** The same for everyone, and the same at each start of this data folder. */
  password: string;
  people: readonly { role: Role; email: string }[];
  stop(): Promise<void>;
}

/** Serves the house; it stays the caller's to close. Throws what the system says of the port. */
export async function openDesk(story: Story, house: House, given: Environment): Promise<Desk> {
  const port = await choosePort(Number(given.PARTERRE_PORT || USUAL_PORT));
  const env: Environment = {
    ...given,
    PARTERRE_HOST: HOST,
    PARTERRE_PORT: String(port),
    PARTERRE_URL: `http://${HOST}:${port}`,
    PARTERRE_TRUST_PROXY: '',
    PARTERRE_WORKER: '',
  };
  const password = deriveSecret({ env: given, dataFolder: house.dataFolder }, 'demo').slice(0, 16);
  // Before it is served: a house without an administrator would be given one.
  const tokens = await addPeople(story);
  const log = createProcessLog({ PARTERRE_LOG_LEVEL: given.PARTERRE_LOG_LEVEL || 'error' });
  const server = await serveHouse({ ...house, close: async () => {} }, env, log);
  try {
    for (const token of tokens) await setPassword(server, token, password);
    await startSchedules(story);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { address: server.address, password, people: PEOPLE, stop: () => server.stop() };
}

/** The usual port, or any other where somebody listens there already. */
async function choosePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen({ host: HOST, port }, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}

/** Adds who is missing; a token for each, with which the password of this folder is set. */
async function addPeople(story: Story): Promise<string[]> {
  const { services, beginning } = story;
  const asked = { organisationId: beginning.organisationId, author: AUTHOR, reason: null };
  const tokens: string[] = [];
  for (const person of PEOPLE) {
    const added = await addPerson(services, { ...asked, ...person });
    const made =
      added.outcome === 'done'
        ? added
        : await resetPerson(services, { ...asked, who: { email: person.email } });
    // Somebody who was removed, or who works for another house too, is left as they are.
    if (made.outcome === 'done' && made.link !== null) tokens.push(made.link.token);
  }
  return tokens;
}

async function setPassword({ address }: Server, token: string, password: string): Promise<void> {
  const answer = await fetch(`${address}/api/auth/reset-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ token, newPassword: password }),
  });
  if (!answer.ok) throw new Error(`password: ${answer.status} ${await answer.text()}`);
}

/** Each active one once, now: their next instants lie hours ahead. */
async function startSchedules({ services, beginning }: Story): Promise<void> {
  const { organisationId } = beginning;
  const { items } = await readScheduleTable(services, { organisationId });
  for (const { id, active, lastRun } of items) {
    if (!active || lastRun !== null) continue;
    await startSchedule(services, { organisationId, scheduleId: id, author: AUTHOR });
  }
}
