/**
 * What makes a database the demo's: the organisation MoSA with the note that the demo began in it.
 * The note names the folder of the reseller's books, so that the two can only go together.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { asTenant } from '../../store/database/as-tenant.ts';
import { migrate } from '../../store/database/migrate.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/house-writer.ts';
import { createOrganisation } from '../../store/organisation-store.ts';
import type { House } from '../services.ts';
import { dayOf, firstDayBefore, ZONE } from './story-clock.ts';
import type { StoryTexts } from './texts/fr.ts';
import { wrapped } from './texts/words.ts';

/** The demo cannot begin here: told as it is, with the way out. */
export class DemoRefused extends Error {}

export const ORGANISATION = {
  code: 'MOSA',
  name: 'MoSA',
  currency: 'EUR',
  timeZone: ZONE,
  businessDayEndsAt: '06:00',
  language: 'fr',
} as const;

export const AUTHOR = 'démo';

export interface Beginning {
  organisationId: number;
  /** Local day on which the story begins. */
  firstDay: string;
  /** Local day of the first start: the house's performances lie ahead of it. */
  startedOn: string;
  /** Where the reseller keeps its books. */
  resellerFolder: string;
}

interface Note {
  firstDay: string;
  startedOn: string;
  reseller: string;
}

/** Begins, or finds the beginning of an earlier start. Throws DemoRefused. */
export async function beginDemo(
  house: House,
  now: Date,
  { refusals }: StoryTexts,
): Promise<Beginning> {
  const { database, dataFolder } = house;
  const before = await database.administration(organisationsOf);
  refuseOthers(before, refusals, dataFolder, database.kind);
  await migrate(database, { at: now.toISOString() });
  const known = before.find((one) => one.code === ORGANISATION.code);
  if (known !== undefined) return goOn(house, known.id, refusals);
  return beginAnew(house, now);
}

/** Read before anything is written: the database of somebody else stays as it is. */
async function organisationsOf(admin: Tx): Promise<{ id: number; code: string }[]> {
  const [table] = await admin.query<{ is: boolean }>(
    `select to_regclass('public.organisation') is not null as is`,
  );
  if (table?.is !== true) return [];
  return admin.query('select id, code from organisation order by code');
}

function refuseOthers(
  all: readonly { code: string }[],
  texts: Refusals,
  folder: string,
  kind: string,
): void {
  const others = all.filter((one) => one.code !== ORGANISATION.code).map((one) => one.code);
  if (others.length === 0) return;
  throw new DemoRefused(`${texts.otherOrganisation(others)}\n${wayOut(texts, folder, kind)}`);
}

type Refusals = StoryTexts['refusals'];

function wayOut(texts: Refusals, folder: string, kind: string): string {
  return kind === 'pglite' ? texts.otherFolder(folder) : wrapped(texts.otherDatabase).join('\n');
}

async function goOn(house: House, organisationId: number, texts: Refusals): Promise<Beginning> {
  const { database, dataFolder } = house;
  const [entry] = await database.transaction(organisationId, (tx) =>
    tx.query<{ after: Omit<Note, 'startedOn'> & Partial<Note> }>(
      `select after from journal where organisation_id = $1 and action = 'demo.begin'`,
      [organisationId],
    ),
  );
  if (entry === undefined) {
    throw new DemoRefused(`${texts.foreignMosa}\n${wayOut(texts, dataFolder, database.kind)}`);
  }
  const { firstDay, startedOn, reseller } = entry.after;
  if (startedOn === undefined) {
    throw new DemoRefused(`${texts.olderDemo}\n${wayOut(texts, dataFolder, database.kind)}`);
  }
  const resellerFolder = join(dataFolder, reseller);
  if (!existsSync(resellerFolder)) {
    throw new DemoRefused(texts.booksMissing(resellerFolder).join('\n'));
  }
  return { organisationId, firstDay, startedOn, resellerFolder };
}

async function beginAnew(house: House, now: Date): Promise<Beginning> {
  const note: Note = {
    firstDay: firstDayBefore(now),
    startedOn: dayOf(now),
    reseller: `fnac-${randomBytes(4).toString('hex')}`,
  };
  const resellerFolder = join(house.dataFolder, note.reseller);
  // Made before the note is kept: where there is a note, the folder was there.
  mkdirSync(resellerFolder, { recursive: true, mode: 0o700 });
  const at = now.toISOString();
  const organisationId = await house.database.administration(async (admin) => {
    const id = await createOrganisation(admin, { ...ORGANISATION, createdAt: at });
    const tx = await asTenant(admin, id);
    await writeJournal(tx, house.services.ids, {
      at,
      author: AUTHOR,
      action: 'demo.begin',
      subject: 'demo',
      after: note,
    });
    return id;
  });
  const { firstDay, startedOn } = note;
  return { organisationId, firstDay, startedOn, resellerFolder };
}
