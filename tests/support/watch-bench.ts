/** A small house under watch: its clock, its mailbox, and rows as runs leave them. */
import { deliverDue } from '../../src/exchange/watch/deliver.ts';
import { watchTick } from '../../src/exchange/watch/watch-tick.ts';
import type { OpenSenders } from '../../src/notify/senders.ts';
import { createSenders } from '../../src/notify/senders.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import { insertLines, insertRun } from '../../src/store/run-store.ts';
import { createHttp } from '../../src/transport/http.ts';
import type { TestDatabase } from './databases.ts';
import type { TestServices } from './exchange-services.ts';
import { createTestServices } from './exchange-services.ts';
import { seedHouse, smallHouse } from './houses.ts';

export class WatchBench {
  readonly test: TestDatabase;
  readonly services: TestServices;
  readonly organisationId: number;
  readonly interfaceId: number;
  readonly performanceId: number;
  readonly productId: number;
  now: Date;
  senders: OpenSenders;

  private constructor(
    test: TestDatabase,
    services: TestServices,
    ids: Pick<WatchBench, 'organisationId' | 'interfaceId' | 'performanceId' | 'productId'>,
    now: Date,
  ) {
    this.test = test;
    this.services = services;
    this.organisationId = ids.organisationId;
    this.interfaceId = ids.interfaceId;
    this.performanceId = ids.performanceId;
    this.productId = ids.productId;
    this.now = now;
    this.senders = createSenders({ env: {}, http: createHttp() });
  }

  static async open(test: TestDatabase, code: string, language = 'en'): Promise<WatchBench> {
    const now = new Date('2026-11-24T10:00:00.000Z');
    const clock = { now };
    const services = createTestServices({
      database: test.database,
      channels: [],
      now: () => clock.now,
    });
    const house = await seedHouse(test.database, smallHouse({ code }), { now });
    const bench = new WatchBench(
      test,
      services,
      {
        organisationId: house.organisationId,
        interfaceId: await house.idOf('interface', 'FNAC'),
        performanceId: await house.performanceId('SHOW', 'P1'),
        productId: await house.idOf('product', 'SHOW'),
      },
      now,
    );
    Object.defineProperty(bench, 'now', {
      get: () => clock.now,
      set: (next: Date) => {
        clock.now = next;
      },
    });
    await bench.sql(`update organisation set language = '${language}'`);
    await bench.sql(`update interface set notified_emails = '{ada@venue.example}',
      status = 'visible', people = '[{"name":"Léa Roux","phone":"+33 1 23"}]'`);
    return bench;
  }

  /** Mails to this server, hooks to loopback. */
  connect(smtpUrl: string, options: { allow?: boolean; env?: Record<string, string> } = {}): void {
    const http = createHttp({
      allowHosts: options.allow === false ? [] : ['127.0.0.1', 'localhost'],
    });
    this.senders.close();
    const env = {
      PARTERRE_SMTP_URL: smtpUrl,
      PARTERRE_MAIL_FROM: 'Parterre <parterre@venue.example>',
      ...options.env,
    };
    this.senders = createSenders({ env, http });
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.test.database.transaction(this.organisationId, work);
  }

  sql<Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> {
    return this.write((tx) => tx.query<Row>(text, params));
  }

  pass(hours: number): void {
    this.now = new Date(this.now.getTime() + hours * 3_600_000);
  }

  tick() {
    return watchTick(this.services, { organisationId: this.organisationId });
  }

  deliver() {
    return deliverDue(this.services, this.senders, { organisationId: this.organisationId });
  }

  async look() {
    const tick = await this.tick();
    const sent = await this.deliver();
    return { ...tick, ...sent };
  }

  /** A run that ended; with a fault, in error. Answers its number. */
  async ran(
    state: 'ok' | 'error',
    fault: { code: string; class: 'external' | 'technical' } | null = null,
  ): Promise<number> {
    const [account] = await this.sql<{ id: number }>(
      'select reseller_account_id as id from interface where id = $1',
      [this.interfaceId],
    );
    const [id, lineId] = (await this.services.ids.take(2)) as [number, number];
    return await this.write(async (tx) => {
      const number = await insertRun(tx, {
        id,
        interfaceId: this.interfaceId,
        resellerAccountId: account?.id ?? 0,
        function: 'integrate',
        source: 'schedule',
        scheduleId: null,
        filters: {},
        simulation: false,
        startedBy: 'hourly',
        startedAt: this.now,
      });
      if (fault !== null) {
        await insertLines(tx, id, [
          {
            id: lineId,
            level: 'error',
            at: this.now.toISOString(),
            code: fault.code,
            class: fault.class,
            params: {},
            keys: {},
            messageId: null,
            times: 1,
          },
        ]);
      }
      await tx.execute('update run set state = $2, ended_at = $3 where id = $1', [
        id,
        state,
        this.now.toISOString(),
      ]);
      return number;
    });
  }

  /** A root on the list of cases that touches a performance at this instant. */
  async root(
    ticket: string,
    problem: { code: string; class: 'mapping' | 'business'; params: Record<string, unknown> },
    dueAt: string | null = null,
  ): Promise<number> {
    const [id] = (await this.services.ids.take(1)) as [number];
    await this.sql(
      `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
         ticket, class, problems, performance_id, due_at, opened_at, run_id)
       values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, 0)`,
      [
        this.organisationId,
        id,
        this.interfaceId,
        ticket,
        problem.class,
        JSON.stringify([{ code: problem.code, params: problem.params }]),
        this.performanceId,
        dueAt,
        this.now.toISOString(),
      ],
    );
    return id;
  }
}
