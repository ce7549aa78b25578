/**
 * The theatre in the gardens (Théâtre des Jardins), which the museum takes over in mid-season: a
 * part of a house file. Its seats went to the reseller, and were sold there, before Parterre came.
 */
import type { HouseFile } from '../../domain/house/file.ts';
import type { MosaFnacSettings } from './mosa-fnac.ts';
import { GARDENS_MANAGER_CODE } from './reseller.ts';
import { ZONE } from './story-clock.ts';

export const GARDENS_INTERFACE = 'JARDINS-FNAC';
/** The reseller's words. */
export const GARDENS = { product: 'JAR01', block: 'PARC', category: '30', allotment: 'JARDINS' };

const SEASON = 'S2';
const CHANNEL = 'FNAC_JARDINS';
const LAYOUT = 'JARDINS';
const TARIFFS = { FNAC_P: ['18.00', '0|44'], FNAC_R: ['14.00', '6'] } as const;

export interface GardensOptions {
  /** Local start of its performance. */
  start: string;
  /** Since when its sales are in the accounts of the museum. */
  accountOpened: string;
  /** Since when the reseller has been selling it. */
  opens: string;
  fnac: MosaFnacSettings;
}

/** 120 seats in ten rows; the reseller has the first eight. */
export function gardensHouse(options: GardensOptions): Partial<HouseFile> {
  const product = { season: SEASON, product: 'CONTES' };
  const place = { configuration: LAYOUT, category: 'UNIQUE' };
  return {
    layouts: [{ code: LAYOUT, name: 'Théâtre des Jardins' }],
    areas: [{ layout: LAYOUT, code: 'PARC', name: 'Parc', numbered: true }],
    blocks: [{ layout: LAYOUT, area: 'PARC', code: 'P', name: 'Parc' }],
    seats: [{ layout: LAYOUT, area: 'PARC', block: 'P', rows: 'A-J', seats: '1-12', x: 0, y: 0 }],
    configurations: [{ layout: LAYOUT, code: LAYOUT, name: 'Théâtre des Jardins' }],
    categories: [
      { configuration: LAYOUT, code: 'UNIQUE', name: 'CAT Unique', kind: 'seats', rank: 1 },
    ],
    category_seats: [{ ...place, area: 'PARC' }],
    products: [{ season: SEASON, code: 'CONTES', name: 'Contes au jardin', kind: 'event' }],
    performances: [
      {
        ...product,
        code: 'CONTES1',
        start: options.start,
        configuration: LAYOUT,
        state: 'running',
      },
    ],
    prices: Object.entries(TARIFFS).map(([tariff, [amount]]) => {
      return { ...product, ...place, tariff: `OccCont/${tariff}`, amount };
    }),
    vat: [{ ...product, rate: '5.5' }],
    ...gardensSelling(options, product),
  };
}

function gardensSelling(
  { accountOpened, opens, fnac }: GardensOptions,
  product: { season: string; product: string },
): Partial<HouseFile> {
  const { contingentPassword, accessPassword, ...open } = fnac;
  return {
    sales_channels: [
      { code: CHANNEL, name: 'Jardins FNAC', kind: 'external', accepts_third_party: true },
    ],
    windows: [{ sales_channel: CHANNEL, ...product, opens }],
    points_of_sale: [
      { sales_channel: CHANNEL, code: CHANNEL, name: 'FNAC', accepts_pending_account: true },
    ],
    pending_accounts: [{ contact: 'FNAC', code: CHANNEL, currency: 'EUR', ceiling: '20000.00' }],
    contingents: [
      { code: CHANNEL, name: 'FNAC Jardins', kind: 'external', sales_channels: [CHANNEL] },
    ],
    contingent_seats: [
      {
        ...product,
        performances: '*',
        contingent: CHANNEL,
        area: 'PARC',
        block: 'P',
        rows: 'A-H',
      },
    ],
    interfaces: [
      {
        code: GARDENS_INTERFACE,
        names: { fr: 'Jardins FNAC' },
        reseller: 'FNAC',
        channel: 'fnac',
        account: GARDENS_MANAGER_CODE,
        account_opened: accountOpened,
        sales_channel: CHANNEL,
        point_of_sale: CHANNEL,
        contact: 'FNAC',
        pending_account: CHANNEL,
        currency: 'EUR',
        time_zone: ZONE,
        price_policy: 'error',
        price_includes_commission: true,
        commission_vat: '20',
        status: 'visible',
        products: [`${SEASON}/CONTES`],
        notified_emails: ['billetterie@mosa.example'],
        config: { mainUrl: 'NA', managerCode: GARDENS_MANAGER_CODE, ...open },
        secrets: { contingentPassword, accessPassword },
      },
    ],
    commissions: [{ interface: GARDENS_INTERFACE, kind: 'amount', value: '1.80', on_top: false }],
    mappings: [
      line('product', 'CONTES', GARDENS.product, SEASON),
      line('logical_configuration', LAYOUT, 'PAR'),
      line('seat_category', `${LAYOUT}/UNIQUE`, GARDENS.category),
      line('block', `${LAYOUT}/PARC/P`, GARDENS.block),
      line('contingent', CHANNEL, GARDENS.allotment),
      ...Object.entries(TARIFFS).map(([tariff, [, words]]) =>
        line('tariff', `OccCont/${tariff}`, words, SEASON),
      ),
    ],
  };
}

type MappingLine = NonNullable<HouseFile['mappings']>[number];

function line(word: MappingLine['word'], ours: string, external: string, season?: string) {
  const one: MappingLine = { interface: GARDENS_INTERFACE, word, ours, external };
  return season === undefined ? one : { ...one, season };
}
