/** After the story the house is served, and the reseller goes on selling a little. */
import { SwitchboardError } from '../../channels/contract/switchboard.ts';
import { integrateSales } from '../../exchange/integrate-sales.ts';
import type { Environment, House } from '../services.ts';
import { untilStopped } from '../stop.ts';
import { wait } from '../timers.ts';
import { CODES, startOf } from './first-day.ts';
import type { Desk } from './open-desk.ts';
import { openDesk } from './open-desk.ts';
import type { Story } from './story.ts';
import { RunBusy, RunFailed, run } from './story.ts';
import { ZONE } from './story-clock.ts';
import { toldIntegration } from './tell.ts';
import { wrapped } from './texts/words.ts';

/** Long enough for the list of runs to be about what one does oneself. */
const PAUSE_MS = 20_000;
const CANCEL_ONE_IN = 5;

/** Until the story's signal fires. */
export async function keepSelling(
  story: Story,
  house: House,
  env: Environment,
  tell: (line: string) => void,
): Promise<void> {
  story.clock.join(new Date());
  const desk = await openDesk(story, house, env);
  try {
    for (const line of invitation(story, house, desk)) tell(line);
    await sellOn(story, tell);
    // Without anything left to sell the house stays open all the same.
    await untilStopped(story.signal);
  } finally {
    await desk.stop();
  }
  tell(story.texts.ended);
}

async function sellOn(story: Story, tell: (line: string) => void): Promise<void> {
  while (!story.signal.aborted) {
    const told = sellSomething(story);
    if (told === null) {
      tell(story.texts.allOver);
      return;
    }
    const integration = story.texts.integrated(await integrated(story));
    tell(`${localTime(story)}  ${told} ${integration}`);
    await wait(PAUSE_MS, story.signal);
  }
}

/** A run that fails is told and kept in its log; the next one tries again. */
async function integrated(story: Story): Promise<string> {
  try {
    const counts = await run(story, 'integrate', (context) => integrateSales(context));
    return toldIntegration(story.texts, counts);
  } catch (error) {
    if (error instanceof RunBusy) return story.texts.busy;
    if (error instanceof RunFailed) return error.message;
    throw error;
  }
}

function invitation(story: Story, { dataFolder, database }: House, desk: Desk): string[] {
  const { tickets } = story.switchboard.state({ tickets: true });
  const code = tickets.find(({ state }) => state === 'living')?.barcode ?? '';
  const where =
    database.kind === 'pglite' ? `PARTERRE_DATA=${dataFolder}` : 'DATABASE_URL=… PARTERRE_DATA=…';
  const command = `PARTERRE_ALLOW_HOSTS=127.0.0.1 ${where} npx --no-install parterre`;
  const width = Math.max(...desk.people.map(({ email }) => email.length));
  const people = desk.people.map(({ role, email }) => {
    return `  ${email.padEnd(width)}  ${story.texts.roles[role]}`;
  });
  return [
    '',
    story.texts.web(desk.address),
    story.texts.signIn(desk.password),
    ...people,
    '',
    ...wrapped(story.texts.goesOn),
    `  ${command} runs list`,
    `  ${command} performance list`,
    `  ${command} cases list --state settled`,
    `  ${command} account show`,
    `  ${command} mappings list --interface MOSA-FNAC`,
    `  ${command} access check ${code}`,
    `  ${command} export --interface MOSA-FNAC`,
    `  ${command} reconcile --interface MOSA-FNAC`,
    '',
  ];
}

/** Sells, or cancels something; null when nothing can be sold any more. */
function sellSomething(story: Story): string | null {
  const living = story.switchboard.state({ tickets: true }).tickets;
  if (Math.random() < 1 / CANCEL_ONE_IN) {
    const one = living.filter(({ state }) => state === 'living').at(-1);
    if (one !== undefined) {
      story.switchboard.cancel({ ticket: one.ticket });
      return story.texts.cancels(one.ticket);
    }
  }
  const now = localTime(story);
  const open = OFFERS.filter((offer) => startOf(story, offer.code).replace('T', ' ') > now);
  const offer = open[Math.floor(Math.random() * open.length)];
  if (offer === undefined) return null;
  const count = 1 + Math.floor(Math.random() * 3);
  try {
    const { code, ...request } = offer;
    story.switchboard.sell({ ...request, start: startOf(story, code), count, tariff: '0' });
    return story.texts.sells(count, code);
  } catch (error) {
    if (!(error instanceof SwitchboardError)) throw error;
    return story.texts.soldOut(offer.code);
  }
}

const CHALK = { product: CODES.chalk, block: 'LIBRE' } as const;
const OFFERS: readonly { code: string; product: string; block?: string; price?: string }[] = [
  { code: 'EXT1', product: CODES.theatre },
  { code: 'EXT2', product: CODES.theatre },
  ...['CHALK1', 'CHALK3', 'CHALK5', 'CHALK6'].map((code) => ({ code, ...CHALK })),
  { code: 'CHALK2', ...CHALK, price: '14.00' },
  { code: 'CHALK4', ...CHALK, price: '13.00' },
];

function localTime(story: Story): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: ZONE,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(story.clock.now());
}
