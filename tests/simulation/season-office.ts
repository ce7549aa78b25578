/** What people decide at their desks: cases, the life of performances, tests, the accounts. */
import type { Way } from '../../src/domain/cases/ways-out.ts';
import { waysOut } from '../../src/domain/cases/ways-out.ts';
import type { MessageKind } from '../../src/domain/order/message.ts';
import { closePeriod } from '../../src/exchange/account/close-period.ts';
import { enterCommissionInvoice, enterPayment } from '../../src/exchange/account/enter-entry.ts';
import { setCeiling } from '../../src/exchange/account/set-ceiling.ts';
import { settleCases } from '../../src/exchange/cases/settle-cases.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import { closePerformance } from '../../src/exchange/performance/close-performance.ts';
import { movePerformance } from '../../src/exchange/performance/move-performance.ts';
import {
  resumePerformance,
  suspendPerformance,
} from '../../src/exchange/performance/suspend-performance.ts';
import { markTests } from '../../src/exchange/test-tickets/mark-tests.ts';
import { dayAfter, SEASON_PERFORMANCES } from './season-house.ts';
import type { Season, SeasonReseller } from './season-world.ts';

type Event = (season: Season) => Promise<string>;

const EVENTS: Readonly<Record<string, readonly [number, Event]>> = {
  'settle case': [10, (season) => settleOne(season, season.pick(season.resellers))],
  'suspend performance': [2, suspend],
  'resume performance': [2, resume],
  'cancel performance': [1, cancel],
  'move performance': [1, move],
  'close performance': [3, close],
  'mark test': [2, mark],
  'payment of': [2, pay],
  'close month': [1, closeMonth],
};

const WEIGHTED = Object.entries(EVENTS).flatMap(([name, [weight]]) =>
  Array.from({ length: weight }, () => name),
);

export async function decideAtDesk(season: Season): Promise<void> {
  const name = season.pick(WEIGHTED);
  const [, event] = EVENTS[name] as (typeof EVENTS)[string];
  season.note(`${name} ${await event(season)}`);
}

/** These need words that the season has other events for, or change what prices mean for all. */
const LEFT_OUT: ReadonlySet<Way> = new Set([
  'correct_mapping',
  'not_ours',
  'correct_price',
  'map_seat',
  'record_payment',
  'raise_ceiling',
]);

interface OpenCase {
  id: number;
  ticket: string;
  kind: MessageKind;
  codes: string[];
}

export function openCases(season: Season, reseller: SeasonReseller): Promise<OpenCase[]> {
  return season.trio.query<OpenCase>(
    `select q.message_id as id, q.ticket, m.kind,
       array(select p ->> 'code' from jsonb_array_elements(q.problems) p) as codes
     from quarantine q join message m on m.id = q.message_id
     where q.interface_id = $1 and q.settled_at is null order by q.message_id`,
    [reseller.interfaceId],
  );
}

/** One case, or all that are like it, by any way that it has. */
export async function settleOne(season: Season, reseller: SeasonReseller): Promise<string> {
  const open = await openCases(season, reseller);
  if (open.length === 0) return `of ${reseller.code}: none`;
  const one = season.pick(open);
  const ways = waysOut(one.codes as Parameters<typeof waysOut>[0], one.kind).filter(
    ({ way }) => !LEFT_OUT.has(way),
  );
  if (ways.length === 0) return `of ${reseller.code} ${one.ticket} ${one.codes}: no way`;
  const { way } = season.pick(ways);
  const answer = await settleCases(season.trio.services, {
    organisationId: season.trio.organisationId,
    choice: season.chance(25) ? { like: one.id } : { ids: [one.id] },
    way,
    reason: 'The season says so.',
    author: 'bruno',
    manager: true,
  });
  const told =
    answer.outcome === 'refused'
      ? answer.refusal.code
      : answer.answers.map((case_) => case_.refusal?.code ?? case_.outcome).join(' ');
  return `of ${reseller.code} ${one.ticket} ${one.codes} by ${way}: ${told}`;
}

function lifeOf(season: Season) {
  const { database, ids, services, organisationId } = season.trio;
  const request = { organisationId, by: 'bruno', reason: 'The season says so.' };
  return { services: { database, ids, clock: services.clock }, request };
}

async function idOf(season: Season, performance: { product: string; code: string }) {
  return await season.trio.house.performanceId(performance.product, performance.code);
}

type Told = { outcome: string; problems?: { code: string }[] };
const say = (answer: Told): string =>
  [answer.outcome, ...(answer.problems ?? []).map(({ code }) => code)].join(' ');

async function suspend(season: Season): Promise<string> {
  const performance = season.pick(season.upcoming());
  const { services, request } = lifeOf(season);
  const performanceId = await idOf(season, performance);
  const takeBack = season.chance(50);
  const answer = await suspendPerformance(services, { ...request, performanceId, takeBack });
  return `${performance.code} ${takeBack}: ${say(answer as Told)}`;
}

async function resume(season: Season): Promise<string> {
  const [found] = await season.trio.query<{ id: number; code: string }>(
    `select id, code from performance where state = 'suspended' order by id limit 1`,
  );
  if (found === undefined) return 'none';
  const { services, request } = lifeOf(season);
  const answer = await resumePerformance(services, { ...request, performanceId: found.id });
  return `${found.code}: ${say(answer as Told)}`;
}

async function cancel(season: Season): Promise<string> {
  const performance = season.pick(season.upcoming());
  const { services, request } = lifeOf(season);
  const performanceId = await idOf(season, performance);
  const answer = await cancelPerformance(services, { ...request, performanceId });
  return `${performance.code}: ${say(answer as Told)}`;
}

/** An hour later; the resellers go on saying the former start. */
async function move(season: Season): Promise<string> {
  const performance = season.pick(season.upcoming());
  const { services, request } = lifeOf(season);
  const performanceId = await idOf(season, performance);
  const start = `${performance.start.slice(0, 11)}21:00`;
  const answer = await movePerformance(services, { ...request, performanceId, start });
  if (answer.outcome === 'done') season.moved.add(performance.code);
  return `${performance.code} to ${start}: ${say(answer as Told)}`;
}

async function close(season: Season): Promise<string> {
  const over = SEASON_PERFORMANCES.filter((one) => one.day < season.day);
  if (over.length === 0) return 'none';
  const performance = season.pick(over);
  const { services, request } = lifeOf(season);
  const performanceId = await idOf(season, performance);
  const anyway = season.chance(70);
  const answer = await closePerformance(services, { ...request, performanceId, anyway });
  return `${performance.code}: ${say(answer as Told)}`;
}

/** A ticket turns out to be a test, or not to be one. */
async function mark(season: Season): Promise<string> {
  const reseller = season.pick(season.resellers);
  const tickets = await season.trio.query<{ number: string; test: boolean }>(
    'select number, is_test as test from ticket where interface_id = $1 order by id',
    [reseller.interfaceId],
  );
  if (tickets.length === 0) return 'none';
  const { number, test } = season.pick(tickets);
  const { services, request } = lifeOf(season);
  const answer = await markTests(services, {
    organisationId: request.organisationId,
    interfaceId: reseller.interfaceId,
    tickets: [number],
    isTest: !test,
    author: request.by,
    reason: request.reason,
  });
  if (answer.marked.includes(number)) reseller.marked.set(number, !test);
  return `${reseller.code} ${number} ${!test}: ${JSON.stringify(answer)}`;
}

async function accountOf(season: Season, { code }: SeasonReseller): Promise<number> {
  return await season.trio.house.idOf('pending_account', code);
}

let documents = 0;

async function pay(season: Season): Promise<string> {
  const reseller = season.pick(season.resellers);
  const accountId = await accountOf(season, reseller);
  const { services, request } = lifeOf(season);
  documents += 1;
  const entry = {
    organisationId: request.organisationId,
    accountId,
    amountMinor: 100 * season.roll(400),
    document: `D${documents}`,
    day: dayAfter(season.day),
    author: request.by,
    reason: request.reason,
  };
  if (season.chance(20)) {
    const ceilingMinor = season.chance(50) ? null : 100 * season.roll(5_000);
    const { organisationId, by: author, reason } = request;
    const ceiling = { organisationId, accountId, ceilingMinor, author, reason };
    const answer = await setCeiling(services, ceiling);
    return `${reseller.code} ceiling ${ceilingMinor}: ${answer.outcome}`;
  }
  const enter = season.chance(30) ? enterCommissionInvoice : enterPayment;
  const answer = await enter(services, entry);
  return `${reseller.code} ${enter.name} ${entry.amountMinor}: ${answer.outcome}`;
}

/** The month before closes, whatever is still open in it. */
async function closeMonth(season: Season): Promise<string> {
  const reseller = season.pick(season.resellers);
  const accountId = await accountOf(season, reseller);
  const { services, request } = lifeOf(season);
  const month = new Date(`${dayAfter(season.day).slice(0, 7)}-01T00:00:00Z`);
  month.setUTCMonth(month.getUTCMonth() - 1);
  const period = month.toISOString().slice(0, 7);
  const answer = await closePeriod(services, {
    organisationId: request.organisationId,
    accountId,
    period,
    author: request.by,
    reason: request.reason,
    despiteWarnings: season.chance(80),
  });
  return `${reseller.code} ${period}: ${answer.outcome}`;
}
