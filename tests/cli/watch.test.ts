import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CliIo } from '../../src/main/cli/command.ts';
import { createIo } from '../../src/main/cli/command.ts';
import { readerOf } from '../../src/main/cli/reader.ts';
import { runCli } from '../../src/main/cli.ts';
import { readOrganisation } from '../../src/store/interface-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import type { Mailbox } from '../support/mailbox.ts';
import { startMailbox } from '../support/mailbox.ts';
import type { RudeServer } from '../support/rude-server.ts';
import { startRudeServer } from '../support/rude-server.ts';
import { WatchBench } from '../support/watch-bench.ts';

describeEachDatabase('parterre watch', (open) => {
  let test: TestDatabase;
  let house: WatchBench;
  let mailbox: Mailbox;
  let receiver: RudeServer;
  beforeAll(async () => {
    test = await open();
    house = await WatchBench.open(test, 'CLI');
    mailbox = await startMailbox();
    receiver = await startRudeServer();
  });
  afterAll(async () => {
    await mailbox.stop();
    await receiver.close();
  });

  async function parterre(line: string, env: Record<string, string> = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const organisation = await house.write(readOrganisation);
    const io: CliIo = {
      ...createIo({
        out: (text) => void out.push(text),
        err: (text) => void err.push(text),
        env: { PARTERRE_SMTP_URL: mailbox.url, PARTERRE_ALLOW_HOSTS: 'localhost', ...env },
        signal: new AbortController().signal,
      }),
      open: async ({ language }) => ({
        services: house.services,
        organisation,
        reader: readerOf(organisation, language),
        author: 'Ada',
        close: async () => undefined,
      }),
    };
    const code = await runCli(['watch', ...line.split(' ').filter(Boolean)], io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('lists what is open, with what to do', async () => {
    expect((await parterre('')).out).toContain('nothing is open');
    const number = await house.ran('error', { code: 'external.unreachable', class: 'external' });
    await house.tick();
    const { out, code } = await parterre('list');
    expect(code).toBe(0);
    expect(out).toContain('FNAC  Run in error: ');
    expect(out).toContain(`$ parterre runs show ${number}`);
    expect(out).toContain('told 1 times');
    const [news] = JSON.parse((await parterre('list --json')).out);
    expect(news).toMatchObject({ kind: 'run_error', interface: 'FNAC', timesTold: 1 });
  });

  it('tries a mail and a hook, shows deliveries, sends one again', async () => {
    const sent = await parterre('test --mail grace@venue.example');
    expect(sent).toEqual({ code: 0, out: 'Delivered to grace@venue.example.', err: '' });
    expect(mailbox.mails.map(({ to }) => to).sort()).toEqual([
      'ada@venue.example',
      'grace@venue.example',
    ]);
    const added = await parterre(`hooks add ops ${receiver.url}/in --kind run_error --json`);
    expect(JSON.parse(added.out)).toMatchObject({ outcome: 'added', hook: { name: 'ops' } });
    expect(await parterre(`hooks add ops ${receiver.url}/in`)).toMatchObject({ code: 1 });
    expect(await parterre('test --hook ops')).toMatchObject({ code: 0 });
    const refused = await parterre('test --hook ops', { PARTERRE_ALLOW_HOSTS: '' });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('private address');
    const rows = JSON.parse((await parterre('deliveries --state failed --json')).out);
    expect(rows).toHaveLength(1);
    expect(await parterre(`replay ${rows[0].id}`)).toMatchObject({ code: 0 });
    expect(receiver.heard).toHaveLength(2);
    expect((await parterre('hooks')).out).toMatch(/^ops {2}webhook {2}localhost:\d+ {2}run_error$/);
    expect(await parterre('hooks remove ops')).toMatchObject({ code: 0 });
    expect(await parterre('hooks remove ops')).toMatchObject({ code: 1 });
  });

  it('says what it does not understand', async () => {
    for (const line of [
      'nonsense',
      'test',
      'replay x',
      'hooks add one',
      'prefer a b',
      'hooks no',
    ]) {
      expect(await parterre(line), line).toMatchObject({ code: 2 });
    }
    expect(await parterre('test --hook nobody')).toMatchObject({ code: 1 });
    expect(await parterre('replay 7')).toMatchObject({ code: 1 });
    expect(await parterre('prefer ada@venue.example digest --at 18:00')).toMatchObject({
      code: 0,
      out: 'ada@venue.example: digest.',
    });
  });
});
