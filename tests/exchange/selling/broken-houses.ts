/** Houses in which one thing is wrong, and what is told of it. */
import type { ReadyRequest } from '../../../src/exchange/selling/check-ready.ts';
import type { SeededHouse } from '../../support/houses.ts';

export const NOW = '2027-01-10T09:00:00.000Z';

/** What the small house is told although nothing is missing. */
export const NOTICES = [
  'MATCH/M1 seats.kept_home {"count":4}',
  'MATCH/M1 seats.no_contingent {"count":20}',
  'SHOW/P1 SHOW/P2 seats.kept_home {"count":4}',
  'SHOW/P1 SHOW/P2 seats.no_contingent {"count":20}',
];

export interface Broken {
  what: string;
  /** Breaks one thing; runs in the house's transaction. */
  sql: string;
  /** Exactly what is told beside the notices. */
  lines: readonly string[];
  /** Places that are not ready; `all` for every one. */
  unready: readonly string[] | 'all';
  /** Notices that go with what was broken. */
  gone?: readonly string[];
  now?: string;
  request?: (house: SeededHouse) => Promise<Partial<ReadyRequest>>;
}

const SHOW = `(select id from product where code = 'SHOW')`;
const P1 = `(select id from performance where product_id = ${SHOW} and code = 'P1')`;
const FNAC = `(select id from contingent where code = 'FNAC')`;
const BOX = `(select id from contingent where code = 'BOX')`;
const CHANNEL = `(select id from sales_channel where code = 'FNAC')`;
const FULL = `(select id from tariff where code = 'FULL')`;
const unmap = (ours: string) => `delete from mapping where ours = '${ours}'`;
const EVERY_DATE = 'SHOW/P1 SHOW/P2';

export const BROKEN: readonly Broken[] = [
  {
    what: 'the interface is hidden',
    sql: `update interface set status = 'hidden'`,
    lines: [' interface.hidden {"state":"hidden"}'],
    unready: 'all',
  },
  {
    what: 'the contact may not pay on account',
    sql: `update contact set pending_account_authorised = false where code = 'FNAC'`,
    lines: [' interface.contact {}'],
    unready: 'all',
  },
  {
    what: 'the point of sale takes no pending account',
    sql: `update point_of_sale set accepts_pending_account = false where code = 'FNAC'`,
    lines: [' interface.point_of_sale {}'],
    unready: 'all',
  },
  {
    what: 'there is no account',
    sql: 'update interface set pending_account_id = null',
    lines: [' account.missing {}'],
    unready: 'all',
  },
  {
    what: 'the account is closed',
    sql: `update pending_account set state = 'closed' where code = 'FNAC'`,
    lines: [' account.closed {}'],
    unready: 'all',
  },
  {
    what: 'the ceiling is reached and stops sales',
    sql: `with i as (update interface set ceiling_blocks = true)
      update pending_account set ceiling_minor = 5000, balance_minor = 5000 where code = 'FNAC'`,
    lines: [' account.ceiling_full {"balanceMinor":5000,"ceilingMinor":5000}'],
    unready: 'all',
  },
  {
    what: 'the ceiling is reached and stops nothing',
    sql: `update pending_account set ceiling_minor = 5000, balance_minor = 5001
      where code = 'FNAC'`,
    lines: [' account.ceiling_passed {"balanceMinor":5001,"ceilingMinor":5000}'],
    unready: [],
  },
  {
    what: 'a season ticket is asked for',
    sql: 'select 1',
    request: async (house) => ({ productIds: [await house.idOf('product', 'SUBSCR')] }),
    lines: ['SUBSCR product.not_sellable {"kind":"season_ticket"}'],
    unready: ['SUBSCR'],
    gone: NOTICES,
  },
  {
    what: 'the interface does not take the product',
    sql: `insert into interface_product
      select organisation_id, (select id from interface), id from product where code <> 'SHOW'
      and code <> 'SUBSCR'`,
    request: async (house) => ({ productIds: [await house.idOf('product', 'SHOW')] }),
    lines: ['SHOW product.filtered_out {}'],
    unready: ['SHOW/P1', 'SHOW/P2'],
    gone: NOTICES.slice(0, 2),
  },
  {
    what: 'the pass is over',
    sql: `update product set valid_until = '2027-01-09' where code = 'DAY'`,
    request: async (house) => ({ productIds: [await house.idOf('product', 'DAY')] }),
    lines: ['DAY product.over {"until":"2027-01-09"}'],
    unready: ['DAY'],
    gone: NOTICES,
  },
  ...(['preparing', 'suspended', 'cancelled', 'closed'] as const).map(
    (state): Broken => ({
      what: `a performance is ${state}`,
      sql: `update performance set state = '${state}' where id = ${P1}`,
      request: async (house) => ({ performanceIds: [await house.performanceId('SHOW', 'P1')] }),
      // What is over needs nothing else; what begins or stands still is looked at as ever.
      lines: [
        `SHOW/P1 performance.${state} {}`,
        ...(state === 'preparing' || state === 'suspended'
          ? ['SHOW/P1 seats.kept_home {"count":4}', 'SHOW/P1 seats.no_contingent {"count":20}']
          : []),
      ],
      unready: ['SHOW/P1'],
      gone: NOTICES,
    }),
  ),
  {
    what: 'a performance has begun',
    sql: 'select 1',
    now: '2027-02-01T19:00:00.000Z',
    request: async (house) => ({ performanceIds: [await house.performanceId('SHOW', 'P1')] }),
    lines: ['SHOW/P1 performance.past {}'],
    unready: ['SHOW/P1'],
    gone: NOTICES,
  },
  {
    what: 'an event has no date',
    sql: `update performance set state = 'cancelled' where product_id = ${SHOW}`,
    request: async (house) => ({ productIds: [await house.idOf('product', 'SHOW')] }),
    lines: ['SHOW performance.none {}'],
    unready: ['SHOW'],
    gone: NOTICES,
  },
  {
    what: 'nothing is on sale on the channel',
    sql: `delete from on_sale_window where product_id = ${SHOW}`,
    lines: [`${EVERY_DATE} window.none {}`],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'sales are over',
    sql: `update on_sale_window set closes_at = '2027-01-10T08:00:00Z'
      where product_id = ${SHOW} and sales_channel_id = ${CHANNEL}`,
    lines: [`${EVERY_DATE} window.closed {"closedAt":"2027-01-10T08:00:00.000Z"}`],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'sales open tomorrow',
    sql: `update on_sale_window set opens_at = '2027-01-11T09:00:00Z'
      where product_id = ${SHOW} and sales_channel_id = ${CHANNEL}`,
    lines: [`${EVERY_DATE} window.not_yet {"opensAt":"2027-01-11T09:00:00.000Z"}`],
    unready: [],
  },
  {
    what: 'the product has no word',
    sql: unmap('SHOW'),
    lines: ['SHOW mapping.product {"ours":"SHOW"}'],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'two performances start together and the hall has no word',
    sql: `with m as (${unmap('FULL')}) update performance set local_start = '2027-02-01T20:00'
      where product_id = ${SHOW}`,
    lines: [`${EVERY_DATE} mapping.configuration {"ours":"FULL"}`],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a category has no word',
    sql: unmap('FULL/CAT1'),
    lines: [
      'MATCH/M1 mapping.category {"ours":"FULL/CAT1"}',
      `${EVERY_DATE} mapping.category {"ours":"FULL/CAT1"}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a category that the reseller does not get has no word',
    sql: unmap('FULL/CAT2'),
    lines: [],
    unready: [],
  },
  {
    what: 'a block has no word',
    sql: unmap('HALL/ORCH/A'),
    lines: [
      'MATCH/M1 mapping.block {"ours":"HALL/ORCH/A"}',
      `${EVERY_DATE} mapping.block {"ours":"HALL/ORCH/A"}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a zone has no word',
    sql: unmap('HALL/PIT'),
    lines: [
      'MATCH/M1 mapping.block {"ours":"HALL/PIT"}',
      `${EVERY_DATE} mapping.block {"ours":"HALL/PIT"}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'the contingent has no word',
    sql: unmap('FNAC'),
    lines: [
      'MATCH/M1 mapping.contingent {"ours":"FNAC"}',
      `${EVERY_DATE} mapping.contingent {"ours":"FNAC"}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'no tariff has a word',
    sql: `delete from mapping where word = 'tariff'`,
    lines: ['DAY', 'MATCH', 'OPEN', 'SHOW'].map((product) => `${product} mapping.tariffs {}`),
    unready: 'all',
  },
  {
    what: 'one tariff has no word',
    sql: unmap('OccCont/REDUCED'),
    lines: ['DAY', 'MATCH', 'OPEN', 'SHOW'].map(
      (product) => `${product} mapping.tariff {"ours":"OccCont/REDUCED"}`,
    ),
    unready: [],
  },
  {
    what: 'the reseller sold under a word that nothing is mapped to',
    sql: `insert into unseen_value values ((select id from organisation),
      (select id from interface), 'tariff', '77', 'MSHOW', 1, '${NOW}', '${NOW}', '{}')`,
    lines: ['SHOW mapping.unseen {"value":"77","word":"tariff"}'],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a tariff of members is mapped',
    sql: `insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
        changed_by)
      values ((select id from organisation), 999999, (select id from interface), 'tariff',
        'Member/CARD', '{99}', '${NOW}', 'x')`,
    lines: ['DAY', 'MATCH', 'OPEN', 'SHOW'].map(
      (product) => `${product} tariff.wrong_kind {"ours":"Member/CARD","value":"99"}`,
    ),
    unready: 'all',
  },
  {
    what: 'a product has no price',
    sql: `delete from price where product_id = ${SHOW}`,
    lines: ['SHOW price.none {}'],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a category has no price in a tariff',
    sql: `delete from price where product_id = ${SHOW} and tariff_id = ${FULL}
      and seat_category_id = (select id from seat_category where code = 'PIT')`,
    lines: [`${EVERY_DATE} price.missing {"category":"FULL/PIT","tariff":"OccCont/FULL"}`],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a pass has a price in another currency',
    sql: `update price set currency = 'CHF' where tariff_id = ${FULL}
      and product_id = (select id from product where code = 'OPEN')`,
    lines: ['OPEN price.currency {"category":null,"currency":"CHF","tariff":"OccCont/FULL"}'],
    unready: ['OPEN'],
  },
  {
    what: 'a price changed and the reseller was not told',
    sql: `insert into price (organisation_id, id, product_id, performance_id, seat_category_id,
        tariff_id, amount_minor, currency, valid_from)
      select organisation_id, 999998, product_id, performance_id, seat_category_id, tariff_id,
        4500, currency, '2027-01-09T00:00:00Z'
      from price where product_id = ${SHOW} and tariff_id = ${FULL}
        and seat_category_id = (select id from seat_category where code = 'CAT1')`,
    lines: ['SHOW price.to_announce {"count":1}'],
    unready: ['SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'the rate of VAT is not known',
    sql: `delete from vat_rate where product_id = ${SHOW}`,
    lines: ['SHOW vat.missing {}'],
    unready: [],
  },
  {
    what: 'the channel has no contingent',
    sql: `delete from contingent_channel where contingent_id = ${FNAC}`,
    lines: [
      ' channel.no_contingent {}',
      'DAY contingent.empty {}',
      'MATCH/M1 contingent.empty {}',
      'OPEN contingent.empty {}',
      `${EVERY_DATE} contingent.empty {}`,
    ],
    unready: 'all',
    gone: [NOTICES[0] as string, NOTICES[2] as string],
  },
  {
    what: 'the contingent has nothing of a performance',
    sql: `with q as (update contingent_quota set quota = 0 where contingent_id = ${FNAC}
        and counter_id in (select id from counter where performance_id = ${P1}))
      update performance_seat set contingent_id = ${BOX}
      where performance_id = ${P1} and contingent_id = ${FNAC}`,
    lines: ['SHOW/P1 contingent.empty {}', 'SHOW/P2 seats.kept_home {"count":4}'],
    unready: ['SHOW/P1'],
    gone: [NOTICES[2] as string],
  },
  {
    what: 'a pass is not counted',
    sql: `with q as (delete from contingent_quota where counter_id in
        (select id from counter where kind = 'pass'))
      delete from counter where kind = 'pass'`,
    lines: ['OPEN counter.missing {}'],
    unready: ['OPEN'],
  },
  {
    what: 'the reseller refused a seat',
    sql: `update performance_seat set refused_at = '${NOW}', refused_reason = 'no'
      where performance_id = ${P1} and seat_id =
        (select min(seat_id) from performance_seat where contingent_id = ${FNAC})`,
    lines: ['SHOW/P1 seats.refused {"count":1}'],
    unready: ['SHOW/P1'],
  },
  {
    what: 'two rows would have the same name at the reseller',
    sql: `insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
        changed_by)
      values ((select id from organisation), 999997, (select id from interface), 'row',
        'HALL/ORCH/A/B', '{C}', '${NOW}', 'x')`,
    lines: [
      'MATCH/M1 name.not_carried {"name":"HALL/ORCH/A/C","places":10}',
      `${EVERY_DATE} name.not_carried {"name":"HALL/ORCH/A/C","places":10}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'no message can hold the name of a seat',
    sql: `update seat set number = '7' || chr(7) where row = 'B' and number = '7' and block_id =
      (select id from block where code = 'A')`,
    lines: [
      'MATCH/M1 name.not_carried {"name":"HALL/ORCH/A/B","places":1}',
      `${EVERY_DATE} name.not_carried {"name":"HALL/ORCH/A/B","places":1}`,
    ],
    unready: ['MATCH/M1', 'SHOW/P1', 'SHOW/P2'],
  },
  {
    what: 'a case is open',
    sql: `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
        ticket, class, problems, product_id, performance_id, opened_at, run_id)
      select organisation_id, 999996, reseller_account_id, id, 'T1', 'business', '[]', ${SHOW},
        ${P1}, '${NOW}', 1 from interface`,
    lines: ['SHOW/P1 cases.open {"count":1}'],
    unready: ['SHOW/P1'],
  },
];
