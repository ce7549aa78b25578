import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { deliverDue } from '../../../src/exchange/watch/deliver.ts';
import {
  addHook,
  readDeliveries,
  removeHook,
  replayDeliveries,
  tryDelivery,
} from '../../../src/exchange/watch/hooks.ts';
import { readOpenNews, setNewsPreference } from '../../../src/exchange/watch/news.ts';
import { watchTick } from '../../../src/exchange/watch/watch-tick.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { createTestServices } from '../../support/exchange-services.ts';
import type { Mailbox } from '../../support/mailbox.ts';
import { startMailbox } from '../../support/mailbox.ts';
import type { RudeServer } from '../../support/rude-server.ts';
import { startRudeServer } from '../../support/rude-server.ts';
import { WatchBench } from '../../support/watch-bench.ts';

const UNREACHABLE = { code: 'external.unreachable', class: 'external' } as const;
const PRICE = {
  code: 'price.differs',
  class: 'business',
  params: { ours: 3550, reported: 4000, currency: 'EUR' },
} as const;
const TARIFF = {
  code: 'mapping.missing',
  class: 'mapping',
  params: { word: 'tariff', value: '0|77' },
} as const;

describeEachDatabase('the watch', (open) => {
  let test: TestDatabase;
  let mailbox: Mailbox;
  let receiver: RudeServer;
  let houses = 0;
  beforeAll(async () => {
    test = await open();
    mailbox = await startMailbox();
    receiver = await startRudeServer();
  });
  afterEach(() => {
    mailbox.mails.length = 0;
    mailbox.refuse(null);
    receiver.heard.length = 0;
    receiver.behave((answer) => answer.end());
  });
  afterAll(async () => {
    await mailbox.stop();
    await receiver.close();
  });

  async function bench(language = 'en'): Promise<WatchBench> {
    houses += 1;
    const made = await WatchBench.open(test, `W${houses}`, language);
    made.connect(mailbox.url);
    return made;
  }

  const subjects = () => mailbox.mails.map(({ subject }) => subject);

  it('the same failure ten times sends one mail, and its reminder the next day', async () => {
    const house = await bench();
    const numbers: number[] = [];
    for (let hour = 0; hour < 10; hour += 1) {
      numbers.push(await house.ran('error', UNREACHABLE));
      await house.look();
      house.pass(1);
    }
    expect(mailbox.mails).toHaveLength(1);
    const [mail] = mailbox.mails;
    expect(mail?.to).toBe('ada@venue.example');
    expect(mail?.subject).toMatch(/^\[W1\] FNAC: Run in error, /);
    expect(mail?.text).toContain(`parterre runs show ${numbers[0]}`);
    // The remedy names whom to call; the same facts are in both forms.
    for (const body of [mail?.text, mail?.html]) {
      expect(body).toContain('Léa Roux (+33 1 23)');
      expect(body).toContain(`Run ${numbers[0]}.`);
    }
    house.pass(13.9);
    await house.look();
    expect(mailbox.mails).toHaveLength(1);
    house.pass(0.2);
    await house.look();
    expect(mailbox.mails).toHaveLength(2);
    expect(mailbox.mails[1]?.text).toContain('reminder: still open');
    expect(mailbox.mails[1]?.text).toContain(`parterre runs show ${numbers[9]}`);
    await house.ran('ok');
    expect(await house.look()).toMatchObject({ closed: 1, told: 0 });
    house.pass(48);
    await house.look();
    expect(mailbox.mails).toHaveLength(2);
    expect(await readOpenNews(house.services, house)).toEqual([]);
  });

  it('a reseller that fails every other hour sends one mail a day', async () => {
    const house = await bench();
    for (let hour = 0; hour < 23; hour += 1) {
      if (hour % 2 === 0) await house.ran('error', UNREACHABLE);
      else await house.ran('ok');
      await house.look();
      house.pass(1);
    }
    expect(mailbox.mails).toHaveLength(1);
  });

  it('each kind of news sends its mail once', async () => {
    const house = await bench();
    await house.root('T1', PRICE);
    await house.look();
    await house.root('T2', PRICE);
    await house.look();
    await house.sql(
      `insert into unseen_value (organisation_id, interface_id, word, value, parent, seen_count,
         first_seen_at, last_seen_at, example)
       values ($1, $2, 'tariff', '0|77', 'SHOW1', 1, $3, $3, '{}')`,
      [house.organisationId, house.interfaceId, house.now.toISOString()],
    );
    await house.look();
    const late = new Date(house.now.getTime() - 16 * 60_000).toISOString();
    const [scheduleId, pausedId] = (await house.services.ids.take(2)) as [number, number];
    const insert = `insert into schedule (organisation_id, id, interface_id, function, name, timing,
         active, next_at, failures, paused_at)
       values ($1, $2, $3, $4, $5, '{"kind":"hours","every":1}', true, $6, $7, $8)`;
    const of = (id: number) => [house.organisationId, id, house.interfaceId];
    await house.sql(insert, [...of(scheduleId), 'integrate', 'hourly', late, 0, null]);
    await house.look();
    await house.sql(insert, [...of(pausedId), 'export', 'nightly', null, 6, late]);
    await house.look();
    await house.sql(
      `update pending_account set warned_percent = 80, ceiling_minor = 100000,
      balance_minor = 81250 where id = (select pending_account_id from interface where id = $1)`,
      [house.interfaceId],
    );
    await house.look();
    await house.look();
    const kinds = subjects().map((subject) => /FNAC: (.*?),/.exec(subject)?.[1]);
    expect(kinds).toEqual([
      'Messages to settle',
      'Value without a mapping',
      'Late run',
      'Schedule paused',
      'Ceiling of the pending account',
    ]);
    expect(mailbox.mails[1]?.text).toContain('0|77');
    expect(mailbox.mails[2]?.text).toContain('“hourly” (integration of sales) is late');
    expect(mailbox.mails[3]?.text).toContain('“nightly” (export of contingents) has paused');
    expect(mailbox.mails[4]?.text).toContain('€812.50 of €1,000.00');
    const open = await readOpenNews(house.services, house);
    expect(open.find(({ kind }) => kind === 'new_roots')?.facts.count).toBe(2);
  });

  it('is told again 24 and 3 hours before the performance that it touches', async () => {
    const house = await bench();
    const due = new Date(house.now.getTime() + 40 * 3_600_000).toISOString();
    await house.root('T1', TARIFF, due);
    const heard: [number, string | undefined][] = [];
    for (let hour = 0; hour <= 42; hour += 1) {
      await house.look();
      for (const mail of mailbox.mails.splice(0)) {
        heard.push([hour, /\((.*)\)/.exec(mail.text.split('\n')[0] ?? '')?.[1]]);
      }
      house.pass(1);
    }
    expect(heard).toEqual([
      [0, 'new'],
      [16, 'less than 24 hours before the performance'],
      [37, 'less than 3 hours before the performance'],
    ]);
  });

  it('a digest leaves once a day, and what is urgent does not wait for it', async () => {
    const house = await bench();
    const wish = { email: 'Ada@venue.example', mode: 'digest', digestAt: '18:00' } as const;
    await setNewsPreference(house.services, { ...house, ...wish, language: 'de' });
    await house.look();
    const due = new Date(house.now.getTime() + 26 * 3_600_000).toISOString();
    await house.root('T1', PRICE, due);
    await house.root('T2', TARIFF);
    await house.look();
    expect(mailbox.mails).toHaveLength(0);
    house.pass(2);
    await house.look();
    expect(mailbox.mails).toHaveLength(1);
    expect(mailbox.mails[0]?.text).toContain('weniger als 24 Stunden vor der Vorstellung');
    // 18:00 in Paris is 17:00 UTC, seven hours after the first look.
    house.pass(5);
    await house.look();
    await house.look();
    expect(mailbox.mails).toHaveLength(2);
    expect(subjects()[1]).toMatch(/Was heute offen ist: 2$/);
    await setNewsPreference(house.services, { ...house, ...wish, mode: 'off', language: null });
    house.pass(40);
    await house.look();
    expect(mailbox.mails).toHaveLength(2);
  });

  it('speaks the organisation’s language, with the same facts', async () => {
    for (const language of ['fr', 'de', 'it', 'es']) {
      const house = await bench(language);
      const number = await house.ran('error', UNREACHABLE);
      await house.root('T1', PRICE);
      await house.look();
      const mail = mailbox.mails.at(-1);
      for (const body of [mail?.text, mail?.html]) {
        expect(body).toContain(`parterre runs show ${number}`);
        expect(body).toContain('parterre cases list --interface FNAC --code price.differs');
        expect(body).toMatch(/35[,.]50/);
      }
      expect(mail?.headers).toContain(`Content-Language: ${language}`);
      expect(mail?.html).toContain(`<html lang="${language}">`);
    }
    expect(mailbox.mails).toHaveLength(4);
  });

  it('a mail server that is away loses nothing', async () => {
    const house = await bench();
    const away = await startMailbox();
    await away.stop();
    house.connect(away.url);
    await house.ran('error', UNREACHABLE);
    expect(await house.look()).toMatchObject({ retried: 1, delivered: 0 });
    // Not before its time, then again, with longer waits.
    expect(await house.deliver()).toEqual({ delivered: 0, retried: 0, failed: 0 });
    house.pass(0.02);
    expect(await house.deliver()).toMatchObject({ retried: 1 });
    const back = await startMailbox(away.port);
    back.refuse(451);
    house.pass(0.1);
    expect(await house.deliver()).toMatchObject({ retried: 1 });
    back.refuse(null);
    house.pass(1);
    expect(await house.deliver()).toMatchObject({ delivered: 1 });
    await back.stop();
    expect(back.mails).toHaveLength(1);
    const [delivery] = await readDeliveries(house.services, house);
    expect(delivery?.log.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['retry', null],
      ['retry', null],
      ['retry', 451],
      ['delivered', 250],
    ]);
    // A recipient that does not exist is not asked for three days.
    mailbox.refuse(550);
    house.connect(mailbox.url);
    await house.root('T1', PRICE);
    expect(await house.look()).toMatchObject({ failed: 1 });
  });

  it('a webhook proves who it is, is tried again, and can be sent once more', async () => {
    const house = await bench();
    await house.sql(`update interface set notified_emails = '{}'`);
    const added = await addHook(house.services, {
      ...house,
      kind: 'webhook',
      name: 'ops',
      url: `${receiver.url}/in?key=k`,
      kinds: null,
      author: 'Ada',
    });
    if (added.outcome !== 'added') throw new Error(added.code);
    const statuses = [500, 200, 200];
    receiver.behave((answer) => {
      answer.statusCode = statuses.shift() ?? 200;
      answer.end();
    });
    const number = await house.ran('error', UNREACHABLE);
    expect(await house.look()).toMatchObject({ retried: 1, delivered: 0 });
    house.pass(0.02);
    expect(await house.deliver()).toMatchObject({ delivered: 1 });
    const ids = new Set<string>();
    for (const { headers, body, path } of receiver.heard) {
      expect(path).toBe('/in?key=k');
      const sent = String(headers['parterre-signature']);
      const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(sent) ?? [];
      const mine = createHmac('sha256', added.secret).update(`${seconds}.${body}`).digest('hex');
      expect(digest).toBe(mine);
      ids.add(String(headers['parterre-delivery']));
    }
    expect(ids.size).toBe(1);
    const [first, second] = receiver.heard;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['parterre-signature']).not.toBe(first?.headers['parterre-signature']);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      event: 'news.first',
      news: { kind: 'run_error', code: 'external.unreachable', run: number, interface: 'FNAC' },
      text: { language: 'en', command: `parterre runs show ${number}` },
    });
    const [delivery] = await readDeliveries(house.services, house);
    expect(await replayDeliveries(house.services, { ...house, ids: [delivery?.id ?? 0] })).toEqual([
      delivery?.id,
    ]);
    expect(await house.deliver()).toMatchObject({ delivered: 1 });
    expect(receiver.heard).toHaveLength(3);
    // Neither address nor secret is kept readable.
    const [row] = await house.sql<{ text: string }>('select hook::text as text from hook');
    const readable = Buffer.from(row?.text ?? '').toString();
    expect(readable).not.toContain(Buffer.from(added.secret).toString('hex'));
    expect(readable).not.toContain(Buffer.from('key=k').toString('hex'));
    // It hears when it is over, too.
    await house.ran('ok');
    await house.look();
    expect(JSON.parse(receiver.heard.at(-1)?.body ?? '').event).toBe('news.closed');
  });

  it('a receiver that stays away is given up after three days', async () => {
    const house = await bench();
    const url = `${receiver.url}/x`;
    const hook = { kind: 'webhook', name: 'gone', url, kinds: null, author: 'Ada' } as const;
    await addHook(house.services, { ...house, ...hook });
    receiver.behave((answer) => {
      answer.statusCode = 503;
      answer.end();
    });
    expect(await tryDelivery(house.services, { ...house, to: { hook: 'gone' } })).not.toBeNull();
    const began = house.now.getTime();
    for (let tries = 0; tries < 100; tries += 1) {
      await house.deliver();
      const [one] = await readDeliveries(house.services, house);
      if (one?.state !== 'pending') break;
      house.now = new Date(one.nextAt);
    }
    const [given] = await readDeliveries(house.services, house);
    expect(given?.state).toBe('failed');
    expect(house.now.getTime() - began).toBe(3 * 24 * 3_600_000);
    expect(given?.attempts).toBeGreaterThan(20);
    expect(given?.log.at(-1)).toMatchObject({ status: 503, detail: 'the receiver answered 503' });
  });

  it('a chat gets one text; a private address is refused unless it is allowed', async () => {
    const house = await bench();
    const hook = { kind: 'chat', name: 'room', kinds: null, author: 'Ada' } as const;
    await addHook(house.services, { ...house, ...hook, url: `${receiver.url}/T0/secret` });
    await house.sql(`update interface set notified_emails = '{}'`);
    await house.ran('error', UNREACHABLE);
    await house.root('T1', PRICE);
    await house.look();
    expect(receiver.heard).toHaveLength(1);
    const { text } = JSON.parse(receiver.heard[0]?.body ?? '');
    expect(text).toContain('Run in error (new)');
    expect(text).toContain('Messages to settle (new)');
    house.connect(mailbox.url, { allow: false });
    await tryDelivery(house.services, { ...house, to: { hook: 'room' } });
    expect(await house.deliver()).toMatchObject({ failed: 1 });
    expect(receiver.heard).toHaveLength(1);
    const [refused] = await readDeliveries(house.services, house);
    expect(refused?.log[0]).toMatchObject({ outcome: 'refused' });
    expect(refused?.log[0]?.detail).toContain('private address');
    expect(JSON.stringify(refused)).not.toContain('T0/secret');
    const file = { ...house, ...hook, name: 'file', url: 'file:///etc/passwd' };
    expect(await addHook(house.services, file)).toEqual({ outcome: 'refused', code: 'hook.url' });
    const gone = { ...house, name: 'room', author: 'Ada' };
    expect(await removeHook(house.services, gone)).toBe(true);
    expect(await removeHook(house.services, gone)).toBe(false);
    const journal = await house.sql<{ action: string }>(
      `select action from journal where subject = 'hook room' order by id`,
    );
    expect(journal.map(({ action }) => action)).toEqual(['hook.added', 'hook.removed']);
  });

  it('two ticks at once tell once, two senders at once send once', async () => {
    const house = await bench();
    await house.ran('error', UNREACHABLE);
    await house.root('T1', PRICE);
    const other = createTestServices({
      database: await test.openAgain(),
      channels: [],
      now: () => house.now,
    });
    const { organisationId } = house;
    const ticks = await Promise.all([
      house.tick(),
      watchTick(other, { organisationId }),
      house.tick(),
      watchTick(other, { organisationId }),
    ]);
    expect(ticks.map(({ told }) => told).sort()).toEqual([0, 0, 0, 2]);
    await Promise.all([house.deliver(), house.deliver(), house.deliver()]);
    expect(mailbox.mails).toHaveLength(1);
  });

  it('what a sender took and never ended is sent by another under its message id', async () => {
    const house = await bench();
    await house.ran('error', UNREACHABLE);
    await house.tick();
    const seen: number[] = [];
    const mail = (delivery: { id: number }) => {
      seen.push(delivery.id);
      return new Promise<never>(() => {});
    };
    void deliverDue(house.services, { ...house.senders, mail }, house);
    await expect.poll(() => seen.length).toBe(1);
    expect(await house.deliver()).toEqual({ delivered: 0, retried: 0, failed: 0 });
    house.pass(0.1);
    expect(await house.deliver()).toMatchObject({ delivered: 1 });
    expect(mailbox.mails[0]?.messageId).toContain(`.${seen[0]}@venue.example>`);
  });
});
