import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { NewsKind } from './news.ts';
import { NEWS_KINDS } from './news.ts';
import type { WebPlace } from './web-address.ts';
import { newsPath, webPath } from './web-address.ts';

/** Every place, by hand: these are promises to the web, and to mails that were sent long ago. */
const PLACES: readonly [WebPlace, string][] = [
  [{ place: 'interface', interfaceId: 1 }, '/interfaces/ifc_1'],
  [{ place: 'runs', interfaceId: 1 }, '/interfaces/ifc_1/runs'],
  [{ place: 'run', interfaceId: 1, runId: 7 }, '/interfaces/ifc_1/runs/run_7'],
  [{ place: 'schedules', interfaceId: 1, scheduleId: null }, '/interfaces/ifc_1/schedules'],
  [
    { place: 'schedules', interfaceId: 1, scheduleId: 3 },
    '/interfaces/ifc_1/schedules?schedule=sch_3',
  ],
  [
    { place: 'mapping', interfaceId: 1, word: 'tariff', value: 'A&B=1' },
    '/interfaces/ifc_1/mappings?word=tariff&value=A%26B%3D1',
  ],
  [
    { place: 'mapping', interfaceId: 1, word: 'seat_category', ours: 'GARD100/UNIQUE' },
    '/interfaces/ifc_1/mappings?word=seat_category&ours=GARD100%2FUNIQUE',
  ],
  [{ place: 'mapping_queue', interfaceId: 1 }, '/interfaces/ifc_1/mappings/queue'],
  [{ place: 'cases', interfaceId: 1, code: null }, '/cases?interface=ifc_1'],
  [
    { place: 'cases', interfaceId: 1, code: 'price.differs' },
    '/cases?interface=ifc_1&code=price.differs',
  ],
  [{ place: 'case', messageId: 12 }, '/cases/cas_12'],
  [{ place: 'accounts' }, '/accounts'],
  [{ place: 'account', accountId: 4 }, '/accounts/acc_4'],
  [{ place: 'resellers', performanceId: 3 }, '/performances/prf_3/resellers'],
];

it('writes each address as it is promised', () => {
  for (const [place, path] of PLACES) expect(webPath(place)).toBe(path);
});

it('the promise stands in the documentation', () => {
  const docs = readFileSync('docs/api.md', 'utf8');
  const missing = PLACES.map(([, path]) => path.split('?')[0] ?? '').filter(
    (path) => !docs.includes(path.replaceAll(/_\d+/g, '_…')),
  );
  expect(missing).toEqual([]);
});

it('leads from each kind of news to what mends it', () => {
  const facts = { code: 'price.differs', params: {}, run: 8, count: null, messageId: null };
  const pathOf = (kind: NewsKind, ids = {}) =>
    newsPath({ kind, interfaceIds: [1, 2], facts: { ...facts, ids } });
  expect(NEWS_KINDS.map((kind) => pathOf(kind, { run: 7, schedule: 3, account: 4 }))).toEqual([
    '/interfaces/ifc_1/runs/run_7',
    '/cases?interface=ifc_1&code=price.differs',
    '/interfaces/ifc_1/mappings/queue',
    '/interfaces/ifc_1/runs/run_7',
    '/interfaces/ifc_1/schedules?schedule=sch_3',
    '/accounts/acc_4',
  ]);
  // What an older release wrote has no ids.
  expect(pathOf('run_error')).toBe('/interfaces/ifc_1/runs');
  expect(pathOf('late_run', { schedule: 3 })).toBe('/interfaces/ifc_1/schedules?schedule=sch_3');
  expect(pathOf('ceiling')).toBe('/accounts');
  expect(newsPath({ kind: 'run_error', interfaceIds: [], facts })).toBeNull();
});
