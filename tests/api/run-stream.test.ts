import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { ExchangeContext } from '../../src/exchange/context.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** A run is followed from its rows, whoever runs it. A poll counts as a second. */
describeEachDatabase('the stream of a run', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let signedIn = true;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, { exported: false });
  });
  afterEach(() => {
    signedIn = true;
  });
  afterAll(() => world.close());

  /** Holds a run open; `polled` is called at each poll of a stream. */
  async function withOpenRun(
    polled: (count: number, end: () => void, context: ExchangeContext) => void,
    follow: (app: Awaited<ReturnType<typeof openApi>>, path: string) => Promise<void>,
  ): Promise<void> {
    const opened = Promise.withResolvers<ExchangeContext>();
    const ended = Promise.withResolvers<void>();
    const running = world.run(async (context) => {
      context.log.line('info', 'connection.ok', { params: { service: 'FIRST' } });
      await context.log.flush();
      opened.resolve(context);
      await ended.promise;
    });
    const context = await opened.promise;
    let polls = 0;
    const wait = async (): Promise<void> => {
      polls += 1;
      polled(polls, ended.resolve, context);
      await turn();
    };
    const app = await openApi({ ...world.services, wait }, { knows: () => signedIn });
    try {
      await follow(app, `/runs/run_${context.run.id}/events`);
    } finally {
      ended.resolve();
      await running;
      await app.close();
    }
  }

  const eventsOf = (text: string): string[] =>
    text.split('\n\n').flatMap((part) => /^event: (.*)$/m.exec(part)?.[1] ?? []);

  it('tells lines, comments every 15 s, and ends with the run', async () => {
    await withOpenRun(
      (count, end) => {
        if (count === 31) end();
      },
      async (app, path) => {
        const { body } = await callAs(app, world.organisationId)('GET', path);
        const events = eventsOf(body);
        expect(events.slice(-1)).toEqual(['end']);
        expect(events).toContain('line');
        expect(body).toContain('FIRST');
        expect(body.split(': still here').length - 1).toBeGreaterThanOrEqual(2);
        // With the last id it goes on: nothing is told again.
        const last = /^id: (\d+)$/m.exec(body.split('\n\n').at(-2) ?? '')?.[1] ?? '';
        const more = await callAs(app, world.organisationId)('GET', path, undefined, {
          'last-event-id': last,
        });
        expect(eventsOf(more.body)).toEqual(['end']);
      },
    );
  });

  it('ends within a minute after its reader was signed out', async () => {
    let seen = 0;
    await withOpenRun(
      (count) => {
        seen = count;
        if (count === 5) signedIn = false;
      },
      async (app, path) => {
        const { body } = await callAs(app, world.organisationId)('GET', path);
        expect(eventsOf(body)).not.toContain('end');
        expect(seen).toBe(60);
      },
    );
  });

  it('ends when the server stops', async () => {
    const polling = Promise.withResolvers<void>();
    await withOpenRun(
      (count) => {
        if (count === 2) polling.resolve();
      },
      async (app, path) => {
        const answer = callAs(app, world.organisationId)('GET', path);
        await polling.promise;
        await app.close();
        expect(eventsOf((await answer).body)).not.toContain('end');
      },
    );
  });
});
