import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SEASON = 'S1';

describeEachDatabase('the house as a file over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, { exported: false });
    app = await openApi(world.services);
    call = callAs(app, world.organisationId, 'manager');
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  const upload = (house: object | Buffer, query: string, type = 'application/json') =>
    call(
      'POST',
      `/house/file?${query}`,
      Buffer.isBuffer(house) ? house : Buffer.from(JSON.stringify(house)),
      { 'content-type': type },
    );
  const present = async () => (await call('GET', '/house/file.json')).body;
  const part = async (lists: object) => {
    const { format, organisation } = await present();
    return { format, organisation, ...lists };
  };

  it('gives the house out as a file that changes nothing when it comes back', async () => {
    const { rawPayload, headers } = await app.inject({
      url: '/api/v1/house/file.xlsx',
      headers: { 'x-caller': `${world.organisationId} auditor` },
    });
    expect(headers['content-type']).toBe(XLSX);
    const told = await upload(rawPayload, 'foretell=true', XLSX);
    expect(told.body).toMatchObject({ outcome: 'unchanged', changes: [], problems: [] });
    expect(told.body.untouched.price).toBeGreaterThan(10);
    const json = await present();
    expect(JSON.stringify(json)).not.toMatch(/secret/);
  });

  it('foretells a file, applies it as foretold, and once', async () => {
    const house = await part({
      seasons: [
        { code: SEASON, name: 'Saison une' },
        { code: 'S3', name: 'Saison 3' },
      ],
    });
    const told = await upload(house, 'foretell=true');
    expect(told.body).toMatchObject({
      outcome: 'foretold',
      counts: { season: { inserted: 1, updated: 1, removed: 0 } },
      untouched: { season: 1 },
      changesTotal: 2,
    });
    expect(told.body.changes).toContainEqual({
      table: 'season',
      action: 'update',
      name: 'S1',
      columns: { name: { before: 'Saison 1', after: 'Saison une' } },
    });
    const { digest, version: seen } = told.body;
    const blind = await upload(house, '');
    expect(blind).toMatchObject({ status: 422, body: { code: 'house.not_previewed' } });
    const other = await upload(await part({}), `digest=${digest}`);
    expect(other).toMatchObject({ status: 422, body: { code: 'house.not_previewed' } });
    await call('PATCH', '/organisation', { name: 'Changed meanwhile' });
    const late = await upload(house, `digest=${digest}&version=${seen}`);
    expect(late).toMatchObject({ status: 412, body: { code: 'house.changed' } });
    const again = await upload(house, 'foretell=true');
    const now = await upload(house, `digest=${digest}&version=${again.body.version}`);
    expect(now.body.outcome).toBe('loaded');
    const [entry] = await world.query<{ action: string; after: object }>(
      'select action, after from journal order by id desc limit 1',
    );
    expect(entry).toMatchObject({ action: 'house.load', after: { digest } });
    // The file says the organisation's former name: that is a difference as any other.
    expect((await present()).organisation.name).toBe('Test house');
    const { body } = await call('GET', '/seasons');
    expect(body.items.map((one: { code: string }) => one.code)).toContain('S3');
  });

  it('tells each refused line with its place and remedy, and writes nothing', async () => {
    const house = await part({
      seasons: [{ code: 'S4', name: 'Saison 4' }],
      tariffs: [{ season: 'S9', audience: 'A', audience_kind: 'invited', code: 'I', name: 'I' }],
      products: [{ season: SEASON, code: 'SHOW', name: 'Spectacle', kind: 'visit_pass' }],
    });
    const told = await upload(house, 'foretell=true');
    expect(told.body.outcome).toBe('refused');
    expect(
      told.body.problems.map(({ at, code }: { at: string; code: string }) => [at, code]),
    ).toEqual([
      ['/products/0/kind', 'house.fixed'],
      ['/tariffs/0/season', 'house.reference'],
    ]);
    expect(told.body.problems.every((one: { cure: string }) => one.cure.length > 10)).toBe(true);
    const applied = await upload(house, `digest=${told.body.digest}`);
    expect(applied.body.outcome).toBe('refused');
    const { body } = await call('GET', '/seasons');
    expect(body.items.map((one: { code: string }) => one.code)).not.toContain('S4');
  });

  it('takes no other house’s file, no manager’s passwords, nothing unreadable', async () => {
    const { organisation, format } = await present();
    const foreign = { format, organisation: { ...organisation, code: 'ELSEWHERE' } };
    expect((await upload(foreign, 'foretell=true')).body.problems).toMatchObject([
      { code: 'house.other_organisation' },
    ]);
    const [line] = (await present()).interfaces;
    const house = await part({ interfaces: [{ ...line, secrets: { accessPassword: 'x' } }] });
    const refused = await upload(house, 'foretell=true');
    expect(refused).toMatchObject({ status: 403, body: { params: { action: 'secrets.write' } } });
    expect(JSON.stringify(refused.body)).not.toContain('accessPassword');
    for (const text of ['no house', '{"a": "\\u0000"}', '[]']) {
      const told = await upload(Buffer.from(text), 'foretell=true');
      expect([told.status, told.body.outcome]).toEqual([200, 'refused']);
    }
    const half = await part({ seasons: [{ code: 'S5', name: 'x\ud800' }] });
    expect((await upload(half, 'foretell=true')).body.outcome).toBe('refused');
    const years = await part({ seasons: [{ code: 'S5', name: 'x', starts_on: '0000-01-01' }] });
    expect((await upload(years, 'foretell=true')).body.problems).toMatchObject([
      { code: 'house.calendar' },
    ]);
    expect((await upload(Buffer.from('a'), 'foretell=true', 'text/plain')).status).toBe(415);
  });

  it('takes one list as CSV', async () => {
    const csv = (text: string, query: string) =>
      upload(Buffer.from(text), `list=seasons&${query}`, 'text/csv; charset=utf-8');
    const text = 'code;nom;Début\nS6;Saison six;01.09.2029\n';
    const told = await csv(text, 'foretell=true');
    expect(told.body).toMatchObject({ outcome: 'foretold', changesTotal: 1 });
    const applied = await csv(text, `digest=${told.body.digest}`);
    expect(applied.body.outcome).toBe('loaded');
    const [season] = (await present()).seasons.slice(-1);
    expect(season).toEqual({ code: 'S6', name: 'Saison six', starts_on: '2029-09-01' });
    const wrong = await csv('code,name\nS7,\n', 'foretell=true');
    expect(wrong.body.problems).toMatchObject([{ at: 'seasons!B2', code: 'house.structure' }]);
    const nothing = await csv('what,is,this\n1,2,3\n', 'foretell=true');
    expect(nothing.body.problems[0]).toMatchObject({ code: 'house.workbook' });
    const open = await csv('code;name\nS8;"never closed\n', 'foretell=true');
    expect(open.body.outcome).toBe('refused');
    const unsaid = await upload(Buffer.from(text), 'foretell=true', 'text/csv');
    expect(unsaid).toMatchObject({ status: 400, body: { code: 'house.list_missing' } });
  });
});
