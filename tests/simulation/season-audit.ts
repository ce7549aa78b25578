/**
 * The reseller's statement against our books: ticket by ticket, cent by cent, seat by seat. What
 * differs is named by an open case (or a person's decision to let it differ), or by a line of the
 * reconciliation; anything else is a fault.
 */
import type { SeasonCode } from './season-house.ts';
import { SEASON_PERFORMANCES, WORDS } from './season-house.ts';
import type { Statement, TheirTicket } from './season-journal.ts';
import { readStatement } from './season-journal.ts';
import { compareLists } from './season-venue.ts';
import type { Season, SeasonReseller } from './season-world.ts';

interface OurTicket {
  number: string;
  generation: number;
  state: 'valid' | 'cancelled' | 'exchanged';
  test: boolean;
  booked: number;
  back: number;
  commission: number;
  due: number;
  barcode: string | null;
  name: string;
  start: string | null;
  product: string;
  block: string | null;
  row: string | null;
  seat: string | null;
  overbooked: boolean;
  reseated: boolean;
}

/** The start that the resellers know of a performance, by its code. */
const STARTS: ReadonlyMap<string, string> = new Map(
  SEASON_PERFORMANCES.map(({ code, start }) => [code, start]),
);
const startOf = (code: string | null): string => STARTS.get(code ?? '') ?? '';

export interface Audit {
  /** Differences that nothing names: there must be none. */
  faults: string[];
  /** How many tickets were compared, and how many were the same in everything. */
  tickets: number;
  same: number;
  /** Differences that are named, by what names them. */
  named: Record<string, number>;
}

export async function audit(season: Season, reseller: SeasonReseller): Promise<Audit> {
  const { code, folder, learned } = reseller;
  const statement = readStatement(code, folder, season.prices, learned);
  const cases = await readNames(season, reseller);
  const result: Audit = { faults: [], tickets: 0, same: 0, named: {} };
  const differ = (names: readonly string[], what: string): void => {
    if (names.length === 0) result.faults.push(`${code} ${what}`);
    for (const name of names) result.named[name] = (result.named[name] ?? 0) + 1;
  };
  const ours = await readTickets(season, reseller);
  for (const theirs of statement.tickets.values()) {
    result.tickets += 1;
    const here = ours.get(theirs.number);
    ours.delete(theirs.number);
    const faults =
      here === undefined
        ? ['not in our books']
        : compareTicket(reseller, asDecided(theirs, cases), here);
    if (faults.length === 0) result.same += 1;
    else {
      const names = [...theirs.relatives].flatMap((number) => [
        ...(cases.tickets.get(number) ?? []),
      ]);
      // Who had the seat before a person gave it to another stays without a case of its own.
      const place = `${theirs.start}|${ourPlace(theirs.place ?? '')}`;
      if (faults.join() === OVERBOOKED) names.push(...(cases.places.get(place) ?? []));
      differ(names, `${theirs.number} (${theirs.product} ${theirs.start}): ${faults.join('; ')}`);
    }
  }
  // A number that a duplicate has left, and the duplicate is a case here.
  const relatives = [...statement.tickets.values()].map((one) => one.relatives);
  for (const number of ours.keys()) {
    const kin = relatives.find((numbers) => numbers.has(number)) ?? new Set<string>();
    const names = [...kin].flatMap((one) => [...(cases.tickets.get(one) ?? [])]);
    differ(names, `${number}: it never sold this ticket`);
  }
  await comparePlaces(season, reseller, statement, cases, differ);
  return result;
}

/** A price that was not the contract's is what a person decided that it is. */
function asDecided(theirs: TheirTicket, cases: Names): TheirTicket {
  if (theirs.booked !== null) return theirs;
  const ways = [...theirs.numbers].flatMap((number) => [...(cases.ways.get(number) ?? [])]);
  const booked = ways.includes('price ours') ? theirs.list : theirs.reported;
  if (ways.length === 0 || booked === null) return theirs;
  // All that was paid gives back all that was booked.
  const whole = theirs.state !== 'living' && theirs.back === theirs.reported;
  return { ...theirs, booked, back: whole ? booked : theirs.back };
}

function compareTicket(
  { code, marked }: SeasonReseller,
  theirs: TheirTicket,
  ours: OurTicket,
): string[] {
  const faults: string[] = [];
  const same = (what: string, there: unknown, here: unknown): void => {
    if (there !== here) faults.push(`${what}: ${there} there, ${here} here`);
  };
  const state = ours.state === 'valid' ? 'living' : ours.state;
  const say = WORDS[code];
  const place =
    ours.seat === null
      ? null
      : `${say.block(ours.block ?? '')}/${say.row(ours.row ?? '')}/${ours.seat}`;
  same('state', theirs.state, state);
  same('product', theirs.product, ours.product);
  if (['SHOW', 'MATCH'].includes(theirs.product)) same('start', theirs.start, startOf(ours.start));
  if (!ours.reseated) same('place', theirs.place, place);
  same('code', theirs.barcode, ours.barcode);
  same('name', theirs.name.trim(), ours.name.trim());
  const mark = [...theirs.numbers].flatMap((number) => marked.get(number) ?? []).at(-1);
  const test = mark ?? theirs.test;
  same('test', test, ours.test);
  if (ours.overbooked) faults.push(OVERBOOKED);
  same('booked', theirs.booked, ours.booked);
  same('given back', theirs.back, ours.back);
  same('commission', theirs.commission - theirs.commissionBack, ours.commission);
  same('due', test ? 0 : dueOf(code, theirs), ours.due);
  return faults;
}

const OVERBOOKED = 'overbooked here';

/** What the reseller owes for a ticket by its own journal. */
function dueOf(code: SeasonCode, { booked, back, commission, commissionBack }: TheirTicket) {
  const onTop = code === 'R2';
  return (booked ?? 0) - back - (onTop ? 0 : commission - commissionBack);
}

async function readTickets(
  season: Season,
  { interfaceId }: SeasonReseller,
): Promise<Map<string, OurTicket>> {
  const rows = await season.trio.query<OurTicket>(
    `select t.number, t.generation, t.state, t.is_test as test, t.booked_minor as booked,
       t.refunded_minor as back, t.commission_minor - t.commission_refunded_minor as commission,
       coalesce(l.due, 0)::bigint as due, t.barcode, d.code as product,
       concat(t.last_name, ' ', t.first_name) as name, p.code as start,
       b.code as block, s.row, s.number as seat, t.overbooked,
       t.reseller_seat_id is not null as reseated
     from ticket t
     join product d on d.id = t.product_id
     left join performance p on p.id = t.performance_id
     left join seat s on s.id = t.seat_id
     left join block b on b.id = s.block_id
     left join (select ticket_id, sum(amount_minor) as due from ledger_entry group by 1) l
       on l.ticket_id = t.id
     where t.interface_id = $1 order by t.number, t.generation`,
    [interfaceId],
  );
  return new Map(rows.map((row) => [row.number, row]));
}

interface Names {
  /** Why a ticket may differ. */
  tickets: Map<string, Set<string>>;
  /** What was decided about the price of a ticket: `price ours`, `price theirs`. */
  ways: Map<string, Set<string>>;
  /** `start|block/row/seat` in our words, and `start` for counted places. */
  places: Map<string, Set<string>>;
}

/** Ways out after which the reseller's books and ours differ, as a person wanted it. */
const LEAVES_DIFFERENCE: ReadonlySet<string> = new Set([
  'keep_ours',
  'take_theirs',
  'overbook',
  'another_seat',
  'house_stock',
  'not_ours',
]);

/** Open cases, what people decided to leave as it is, and lines that could not be read. */
async function readNames(season: Season, { interfaceId }: SeasonReseller): Promise<Names> {
  const names: Names = { tickets: new Map(), ways: new Map(), places: new Map() };
  const put = (map: Map<string, Set<string>>, key: string, name: string): void => {
    const known = map.get(key) ?? new Set();
    map.set(key, known.add(name));
  };
  const cases = await season.trio.query<{
    ticket: string;
    replaces: string | null;
    code: string;
    way: string | null;
    price: string | null;
    elsewhere: boolean;
    own: boolean;
    start: string | null;
    counted: boolean;
    place: string | null;
  }>(
    `select q.ticket, m.content ->> 'replaces' as replaces, p.code as start,
       q.counter_id is not null as counted,
       case when q.seat_id is not null then b.code || '/' || s.row || '/' || s.number end as place,
       q.problems -> 0 ->> 'code' as code, q.interface_id = $1 as own,
       case when q.decision ->> 'price' is not null then 'price ' || (q.decision ->> 'price')
         when q.decision -> 'accepted' ? 'price.differs' or q.way_out = 'reported'
           then 'price theirs' end as price,
       (q.decision -> 'place' is not null or q.decision -> 'contents' is not null
         or coalesce(q.decision -> 'accepted' ? 'refund.exceeds', false)) as elsewhere,
       case when q.settled_at is not null then q.way_out end as way
     from quarantine q join message m on m.id = q.message_id
     left join performance p on p.id = q.performance_id
     left join seat s on s.id = q.seat_id left join block b on b.id = s.block_id`,
    [interfaceId],
  );
  for (const {
    ticket,
    replaces,
    code,
    way,
    price,
    elsewhere,
    start,
    counted,
    place,
    own,
  } of cases) {
    if (own && way !== null && price !== null) put(names.ways, ticket, price);
    const differs = elsewhere || (way !== null && LEAVES_DIFFERENCE.has(way));
    if (way !== null && !differs && code !== 'refund.exceeds') continue;
    const name = way === null ? `case ${code}` : `settled ${way} (${code})`;
    if (own) put(names.tickets, ticket, name);
    if (own && replaces !== null) put(names.tickets, replaces, name);
    if (place !== null) put(names.places, `${startOf(start)}|${place}`, name);
    if (counted) put(names.places, startOf(start), name);
  }
  const unread = await season.trio.query<{ ticket: string | null }>(
    'select ticket from unreadable_record where interface_id = $1 and settled_at is null',
    [interfaceId],
  );
  for (const { ticket } of unread) if (ticket !== null) put(names.tickets, ticket, 'unreadable');
  return names;
}

/** What names a ticket, or one that it came from or became. */
function namesOfTicket({ tickets }: Statement, cases: Names, number: string): string[] {
  const relatives = tickets.get(number)?.relatives ?? new Set([number]);
  return [...relatives].flatMap((one) => [...(cases.tickets.get(one) ?? [])]);
}

type Differ = (names: readonly string[], what: string) => void;

/** Which places the reseller was handed and has, against those that we believe it has. */
async function comparePlaces(
  season: Season,
  reseller: SeasonReseller,
  statement: Statement,
  cases: Names,
  differ: Differ,
): Promise<void> {
  const say = WORDS[reseller.code];
  const reconciled = await reconciledPlaces(season, reseller);
  const ours = await season.trio.query<{
    start: string;
    block: string;
    row: string;
    seat: string;
    ticket: string | null;
  }>(
    `select p.code as start, b.code as block, s.row, s.number as seat, t.number as ticket
     from performance_seat ps
     join performance p on p.id = ps.performance_id
     join seat s on s.id = ps.seat_id join block b on b.id = s.block_id
     left join ticket t on t.id = ps.ticket_id
     where ps.interface_id = $1`,
    [reseller.interfaceId],
  );
  const theirs = new Map(statement.places);
  const lied = new Set(
    reseller.lies.map(({ start, place: { block, row, seat } }) => {
      return `${start}|${ourPlace(`${block}/${row}/${seat}`)}`;
    }),
  );
  const namesOf = (start: string, place: string, tickets: readonly string[]) => [
    ...(cases.places.get(`${start}|${place}`) ?? []),
    // Elsewhere only a case is a reason; where it lied, its list and ours may stay apart.
    ...(reconciled.get(`${start}|${place}`) ?? []).filter(
      (name) => name.includes('quarantine') || lied.has(`${start}|${place}`),
    ),
    ...tickets.flatMap((ticket) => namesOfTicket(statement, cases, ticket)),
  ];
  for (const { start: code, block, row, seat, ticket } of ours) {
    const start = startOf(code);
    const key = `${start}|${say.block(block)}/${say.row(row)}/${seat}`;
    const there = theirs.get(key);
    theirs.delete(key);
    const fits =
      there !== undefined && (ticket === null ? there.length === 0 : there.includes(ticket));
    if (fits && there.length < 2) continue;
    const tickets = [...(there ?? []), ...(ticket === null ? [] : [ticket])];
    const named = namesOf(start, `${block}/${row}/${seat}`, tickets);
    differ(
      named,
      `${key}: ${ticket ?? 'free'} here, ${there?.join(' ') ?? 'not handed over'} there`,
    );
  }
  for (const [key, there] of theirs) {
    const [start = '', words = ''] = key.split('|');
    differ(namesOf(start, ourPlace(words), there), `${key}: it has it (${there}), we do not know`);
  }
  await compareCounts(season, reseller, { statement, cases, reconciled }, differ);
}

/** `R2B/RA/3` is our B/A/3. */
function ourPlace(words: string): string {
  const [block = '', row = '', seat = ''] = words.split('/');
  return `${block.slice(-1)}/${row.slice(-1)}/${seat}`;
}

/** Differences that our own reconciliation finds, by place; it says of each why and what helps. */
async function reconciledPlaces(
  season: Season,
  reseller: SeasonReseller,
): Promise<Map<string, string[]>> {
  const ids = await Promise.all(
    SEASON_PERFORMANCES.filter(({ code }) => !season.moved.has(code)).map(({ product, code }) =>
      season.trio.house.performanceId(product, code),
    ),
  );
  const runId = await compareLists(season, reseller, ids);
  const lines = await season.trio.query<{ key: string; cause: string; cure: string }>(
    `select p.code || coalesce('|' || b.code || '/' || s.row || '/' || s.number, '') as key,
       l.cause, l.cure
     from reconciliation_line l join reconciliation r on r.id = l.reconciliation_id
     join performance p on p.id = r.performance_id
     left join seat s on s.id = l.seat_id left join block b on b.id = s.block_id
     where r.run_id = $1`,
    [runId],
  );
  const found = new Map<string, string[]>();
  for (const { key: coded, cause, cure } of lines) {
    const [code = '', ...place] = coded.split('|');
    const key = [startOf(code), ...place].join('|');
    found.set(key, [...(found.get(key) ?? []), `reconciled ${cause}, ${cure}`]);
  }
  return found;
}

async function compareCounts(
  season: Season,
  reseller: SeasonReseller,
  known: { statement: Statement; cases: Names; reconciled: ReadonlyMap<string, string[]> },
  differ: Differ,
): Promise<void> {
  const { statement, cases, reconciled } = known;
  const say = WORDS[reseller.code];
  const ours = await season.trio.query<{ start: string; allotted: number; sold: number }>(
    `select p.code as start, q.allotted, q.sold from contingent_quota q
     join counter c on c.id = q.counter_id join performance p on p.id = c.performance_id
     join contingent g on g.id = q.contingent_id where g.code = $1`,
    [reseller.code],
  );
  for (const { start: code, allotted, sold } of ours) {
    const start = startOf(code);
    const there = statement.counts.get(`${start}|${say.pit}|${reseller.code}`) ?? {
      free: 0,
      sold: 0,
    };
    if (there.free === allotted && there.sold === sold) continue;
    const what = `${there.free} free and ${there.sold} sold there, ${allotted} and ${sold} here`;
    // It sold what it had not; somebody gave a place back since, and that sale has it now.
    // The list of a performance that moved cannot be asked for by the former start.
    const listed = season.moved.has(code) ? ['moved'] : (reconciled.get(start) ?? []);
    const told = statement.oversold.has(start) ? listed : [];
    const tickets = [...statement.tickets.values()].flatMap((one) =>
      one.start === start && one.place === null ? [...(cases.tickets.get(one.number) ?? [])] : [],
    );
    const names = [...(cases.places.get(start) ?? []), ...tickets, ...told];
    differ(names, `${start} ${say.pit}: ${what}`);
  }
}
