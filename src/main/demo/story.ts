/** What the steps of the story work with, and how they are taken: each once, each repeatable. */
import type { SimulatedPlace, Switchboard } from '../../channels/contract/switchboard.ts';
import type { HouseFile } from '../../domain/house/file.ts';
import type { ExchangeContext, ExchangeServices, RunFilters } from '../../exchange/context.ts';
import { loadHouse } from '../../exchange/load-house.ts';
import { withRun } from '../../exchange/run-function.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/house-writer.ts';
import { findInterfaceByCode } from '../../store/interface-store.ts';
import type { Counts, RunFunction } from '../../store/run-store.ts';
import type { Beginning } from './begin-demo.ts';
import { AUTHOR } from './begin-demo.ts';
import type { Reseller } from './reseller.ts';
import type { StoryClock } from './story-clock.ts';
import type { StepName, StoryTexts } from './texts/fr.ts';
import { wrapped } from './texts/words.ts';

export const INTERFACE = 'MOSA-FNAC';

export interface Step {
  /** Its mark in the journal: never changed, or an older demo would take the step again. */
  name: StepName;
  /** Local time in the story: day from 0, `HH:MM`. */
  day: number;
  time: string;
  /** Does the step, whatever part of it was done before; answers what it did, by paragraphs. */
  take(story: Story): Promise<readonly string[]>;
}

export interface Story {
  readonly services: ExchangeServices;
  readonly beginning: Beginning;
  readonly clock: StoryClock;
  readonly house: HouseFile;
  readonly reseller: Reseller;
  readonly switchboard: Switchboard;
  readonly texts: StoryTexts;
  /** Fires when the person ends the demo: the step that works is brought to its end. */
  readonly signal: AbortSignal;
}

export function inTx<T>(story: Story, work: (tx: Tx) => Promise<T>): Promise<T> {
  return story.services.database.transaction(story.beginning.organisationId, work);
}

/** Takes the steps that were not taken yet, in order; false when it was ended on the way. */
export async function tellStory(
  story: Story,
  steps: readonly Step[],
  tell: (line: string) => void,
): Promise<boolean> {
  const taken = await takenSteps(story);
  for (const [index, step] of steps.entries()) {
    if (story.signal.aborted) return false;
    const title = story.texts.titles[step.name];
    const number = `${String(index + 1).padStart(2)}. `;
    if (taken.has(step.name)) {
      tell(`${number}${story.texts.taken(title)}`);
      continue;
    }
    story.clock.set(step.day, step.time);
    tell(`${number}${title}`);
    const paragraphs = await step.take(story);
    for (const line of paragraphs.flatMap((text) => wrapped(text))) tell(`      ${line}`);
    await note(story, 'demo.step', step.name, null);
  }
  return true;
}

async function takenSteps(story: Story): Promise<Set<string>> {
  const rows = await inTx(story, (tx) =>
    tx.query<{ subject: string }>(
      `select subject from journal where organisation_id = $1 and action = 'demo.step'`,
      [tx.organisationId],
    ),
  );
  return new Set(rows.map((row) => row.subject));
}

/** Keeps a fact of the story in the house's journal. */
export function note(story: Story, action: string, subject: string, after: unknown): Promise<void> {
  const at = story.clock.now().toISOString();
  const entry = { at, author: AUTHOR, action, subject, after };
  return inTx(story, (tx) => writeJournal(tx, story.services.ids, entry));
}

/** The first note of this action, null where there is none. */
export async function noted<T>(story: Story, action: string): Promise<T | null> {
  const [row] = await inTx(story, (tx) =>
    tx.query<{ after: T }>(
      `select after from journal where organisation_id = $1 and action = $2 order by id limit 1`,
      [tx.organisationId, action],
    ),
  );
  return row?.after ?? null;
}

/** The reseller has new ports at each start: interfaces that are there already learn them. */
export async function connectReseller(
  story: Story,
  parts: readonly Partial<HouseFile>[],
): Promise<void> {
  for (const { interfaces = [] } of parts) {
    for (const one of interfaces) {
      const known = await inTx(story, (tx) => findInterfaceByCode(tx, one.code));
      if (known !== null) await loadPart(story, { interfaces: [one] });
    }
  }
}

export async function interfaceId(story: Story, code: string = INTERFACE): Promise<number> {
  const found = await inTx(story, (tx) => findInterfaceByCode(tx, code));
  if (found === null) throw new Error(`The house of the demo has an interface ${code}.`);
  return found.id;
}

/** Performances of our codes, in the order asked. */
export async function performanceIds(story: Story, codes: readonly string[]): Promise<number[]> {
  const rows = await inTx(story, (tx) =>
    tx.query<{ code: string; id: number }>(
      'select code, id from performance where organisation_id = $1 and code = any($2::text[])',
      [tx.organisationId, codes],
    ),
  );
  const byCode = new Map(rows.map((row) => [row.code, row.id]));
  return codes.map((code) => {
    const id = byCode.get(code);
    if (id === undefined) throw new Error(`The house of the demo has a performance ${code}.`);
    return id;
  });
}

/** Seats of a performance in block 1F/A of the theatre, by the reseller's names. */
export async function seatIds(story: Story, places: readonly SimulatedPlace[]): Promise<number[]> {
  const rows = await inTx(story, (tx) =>
    tx.query<{ row: string; number: string; id: number }>(
      `select s.row, s.number, s.id from seat s
       join block b on b.organisation_id = s.organisation_id and b.id = s.block_id
       where s.organisation_id = $1 and b.name = '1F A' and s.row = any($2::text[])`,
      [tx.organisationId, places.map((place) => place.row)],
    ),
  );
  return places.map((place) => {
    const found = rows.find((one) => one.row === place.row && one.number === place.seat);
    if (found === undefined) throw new Error(`The theatre has a seat ${place.row}/${place.seat}.`);
    return found.id;
  });
}

/** A run of the story that did not come to its end: its log says why. */
export class RunFailed extends Error {}
/** The account is worked at by another run; the next one finds what this one was for. */
export class RunBusy extends RunFailed {}

/** Runs a function of an interface. Throws RunFailed. */
export async function run(
  story: Story,
  what: RunFunction,
  work: (context: ExchangeContext) => Promise<void>,
  filters: RunFilters = {},
  code: string = INTERFACE,
): Promise<Counts> {
  const result = await withRun(
    story.services,
    {
      organisationId: story.beginning.organisationId,
      interfaceId: await interfaceId(story, code),
      function: what,
      source: what === 'replay' ? 'replay' : 'hand',
      startedBy: AUTHOR,
      filters,
    },
    work,
  );
  const name = TEXTS.fr.terms.function[what];
  if (result.outcome === 'busy') throw new RunBusy(name);
  if (result.outcome !== 'ran') throw new RunFailed(`${name} : ${JSON.stringify(result)}`);
  if (result.failure === null) return result.counts;
  const failure = JSON.stringify(result.failure);
  throw new RunFailed(`${name}, exécution ${result.run.number} : ${failure}`);
}

/** Loads a part of a house file, as a person does in the house's screens. */
export async function loadPart(story: Story, part: Partial<HouseFile>): Promise<void> {
  const { format, organisation } = story.house;
  const { database, ids, secrets, clock, findChannel } = story.services;
  const file = { format, organisation, ...part };
  const result = await loadHouse(database, ids, secrets, file, {
    clock,
    author: AUTHOR,
    findChannel: (id) => findChannel(id),
  });
  if (result.outcome !== 'refused') return;
  throw new Error(result.problems.map((one) => `${one.sheet}: ${one.message}`).join('\n'));
}
