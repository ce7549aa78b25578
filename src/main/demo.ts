/** `npm run demo`: a museum, its reseller, and one of each usual problem. See docs/demo.md. */
import { parseArgs } from 'node:util';
import { StoreError } from '../store/database/errors.ts';
import { gardensPart } from './demo/adoption.ts';
import { beginDemo, DemoRefused } from './demo/begin-demo.ts';
import type { Figures } from './demo/figures.ts';
import { countFigures } from './demo/figures.ts';
import { keepSelling } from './demo/keep-selling.ts';
import { mosaHouse } from './demo/mosa.ts';
import { startReseller } from './demo/reseller.ts';
import { STEPS } from './demo/steps.ts';
import type { Story } from './demo/story.ts';
import { connectReseller, tellStory } from './demo/story.ts';
import { StoryClock } from './demo/story-clock.ts';
import { printFigures, STORY_TEXTS } from './demo/tell.ts';
import type { StoryTexts } from './demo/texts/fr.ts';
import { wrapped } from './demo/texts/words.ts';
import type { House } from './services.ts';
import { openHouse } from './services.ts';

const USAGE = `npm run demo                    l'histoire, puis l'application web jusqu'à Ctrl-C
npm run demo -- --once          l'histoire seule, puis ses comptes
npm run demo -- --once --json   la dernière ligne est un objet JSON
npm run demo -- --language en   in English
Données : PARTERRE_DATA (.parterre/demo), ou un serveur PostgreSQL dans DATABASE_URL.`;

const IMPATIENT_AFTER_MS = 2_000;

interface Options {
  once: boolean;
  json: boolean;
  texts: StoryTexts;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (options === null) return 2;
  try {
    return await runDemo(options, stopSignal());
  } catch (error) {
    if (!(error instanceof DemoRefused || error instanceof StoreError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function parse(args: readonly string[]): Options | null {
  const options = {
    once: { type: 'boolean' },
    json: { type: 'boolean' },
    language: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { once = false, json = false, language = 'fr' } = values;
    const texts = STORY_TEXTS[language];
    if (texts === undefined) {
      throw new Error(`--language: ${Object.keys(STORY_TEXTS).join(', ')}.`);
    }
    return { once, json, texts };
  } catch (error) {
    console.error((error as Error).message);
    console.error(USAGE);
    return null;
  }
}

/** A Ctrl-C may come twice, from the terminal and from npm: only a later one is impatient. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let since = Number.POSITIVE_INFINITY;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (performance.now() - since > IMPATIENT_AFTER_MS) process.exit(130);
      since = Math.min(since, performance.now());
      stop.abort();
    });
  }
  return stop.signal;
}

async function runDemo(options: Options, signal: AbortSignal): Promise<number> {
  const { texts } = options;
  const startedAt = performance.now();
  // What is told beside the object: a program reads the last line of stdout only.
  const tell = options.json ? (line: string) => console.error(line) : console.log;
  for (const line of [...wrapped(texts.welcome), '']) tell(line);
  let clock: StoryClock | null = null;
  const house = await openDemoHouse(() => clock?.now() ?? new Date());
  try {
    const beginning = await beginDemo(house, new Date(), texts);
    clock = new StoryClock(beginning.firstDay);
    const reseller = await startReseller(beginning.resellerFolder, clock.now, texts);
    try {
      const file = mosaHouse({ now: noonOf(beginning.startedOn), fnac: reseller.settings });
      const { services } = house;
      const { switchboard } = reseller.simulator;
      const story: Story = {
        services,
        beginning,
        clock,
        house: file,
        reseller,
        switchboard,
        texts,
        signal,
      };
      await connectReseller(story, [story.house, gardensPart(story)]);
      const isWhole = await tellStory(story, STEPS, tell);
      if (!isWhole) return stopped(texts, tell);
      const figures = await countFigures(story, seconds(startedAt));
      tellFigures(figures, options, tell);
      if (!options.once) await keepSelling(story, house, process.env, tell);
      return 0;
    } finally {
      await reseller.stop();
    }
  } finally {
    await house.close();
  }
}

/** The house's dates are days: any instant of the day says which. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

function openDemoHouse(clock: () => Date): Promise<House> {
  const env = {
    ...process.env,
    PARTERRE_DATA: process.env.PARTERRE_DATA || '.parterre/demo',
    // The reseller is a simulator on this machine.
    PARTERRE_ALLOW_HOSTS: '127.0.0.1',
  };
  // Whose database it is is looked at before its schema is touched.
  return openHouse({ env, clock, mustOwn: true, anySchema: true });
}

function stopped(texts: StoryTexts, tell: (line: string) => void): number {
  tell(texts.stopped);
  return 130;
}

function seconds(startedAt: number): number {
  return Math.round((performance.now() - startedAt) / 100) / 10;
}

function tellFigures(figures: Figures, options: Options, tell: (line: string) => void): void {
  if (options.json) console.log(JSON.stringify(figures));
  else for (const line of printFigures(figures, options.texts)) tell(line);
}

// `| head` closes the pipe: nobody listens any more, and the story can be taken up again.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
