/** The interface MoSA FNAC of the slides: settings, mappings, schedules. */
import type { HouseFile } from '../../domain/house/file.ts';

/** What the reseller's operator hands out; at run time the demo's simulator is the reseller. */
export interface MosaFnacSettings {
  salesUrl: string;
  contingentUrl: string;
  contingentUser: string;
  contingentPassword: string;
  prepareUrl: string;
  getAccessUrl: string;
  accessUser: string;
  accessPassword: string;
}

const ZONE = 'Europe/Paris';
const S1 = 'S1';
const S2 = 'S2';
const FNAC = 'MOSA-FNAC';

export function fnacInterface(settings: MosaFnacSettings): Partial<HouseFile> {
  const { contingentPassword, accessPassword, ...open } = settings;
  return {
    interfaces: [
      {
        code: FNAC,
        names: {
          fr: 'MoSA FNAC',
          en: 'MoSA FNAC',
          de: 'MoSA FNAC',
          it: 'MoSA FNAC',
          es: 'MoSA FNAC',
        },
        reseller: 'FNAC',
        channel: 'fnac',
        account: 'MOS',
        sales_channel: 'FNAC',
        point_of_sale: 'FNAC',
        contact: 'FNAC',
        pending_account: 'FNAC',
        currency: 'EUR',
        time_zone: ZONE,
        price_policy: 'error',
        price_includes_commission: true,
        commission_vat: '20',
        status: 'visible',
        notified_emails: ['billetterie@mosa.example'],
        people: [
          { name: 'Dominique Petit', mail: 'operations@fnac.example', phone: '+33 1 99 00 12 34' },
        ],
        config: {
          mainUrl: 'NA?next=10&noParentMethodLimitation=true&notAllPerformancesAtOnce=1',
          managerCode: 'MOS',
          ...open,
        },
        secrets: { contingentPassword, accessPassword },
      },
    ],
    commissions: [{ interface: FNAC, kind: 'amount', value: '1.80', on_top: false }],
    mappings: [...slideMappings(), ...furtherMappings()],
    schedules: [
      {
        interface: FNAC,
        name: 'Export contingents journalier',
        function: 'export',
        timing: { kind: 'hours', every: 24 },
        active: true,
      },
      {
        interface: FNAC,
        name: 'Intégration des ventes quotidienne',
        function: 'integrate',
        timing: { kind: 'hours', every: 4 },
        active: true,
      },
      {
        interface: FNAC,
        name: 'Intégration CHALK',
        function: 'integrate',
        timing: { kind: 'manual' },
        active: false,
        products: [`${S2}/CHALK`],
      },
    ],
  };
}

type MappingLine = NonNullable<HouseFile['mappings']>[number];

function mapping(word: MappingLine['word'], ours: string, external: string, season?: string) {
  const line: MappingLine = { interface: FNAC, word, ours, external };
  return season === undefined ? line : { ...line, season };
}

/** The eight lines of the slide. */
function slideMappings(): MappingLine[] {
  return [
    mapping('block', 'AUDI/AUDI', 'LIBRE|UNIQUE'),
    mapping('tariff', 'OccCont/FNAC_P', '0|44', S2),
    mapping('tariff', 'OccCont/FNAC_R', '6', S2),
    mapping('tariff', 'OccCont/FNAC_A', '15|60', S2),
    mapping('product', 'CHALK', 'MOSA02', S2),
    mapping('logical_configuration', 'GARD100', 'GAR', S2),
    mapping('seat_category', 'GARD100/UNIQUE', '30', S2),
    mapping('product', 'MSTIC', 'MOSA01', S1),
  ];
}

/** What the slide does not show and the numbered house, the other products and Saison 1 need. */
function furtherMappings(): MappingLine[] {
  return [
    mapping('tariff', 'OccCont/FNAC_P', '0|44', S1),
    mapping('tariff', 'OccCont/FNAC_R', '6', S1),
    mapping('tariff', 'OccCont/FNAC_A', '15|60', S1),
    mapping('product', 'EXTSALES', 'MOSA03', S2),
    mapping('product', 'ECHECS', 'MOSA04', S2),
    mapping('product', 'MSLIB', 'MOSA05', S2),
    mapping('logical_configuration', 'SCENE', 'SCN', S2),
    mapping('seat_category', 'SCENE/CAT1', '10', S2),
    mapping('seat_category', 'SCENE/CAT2', '20', S2),
    mapping('block', 'THEATRE/1F/A', '1FA'),
    mapping('block', 'THEATRE/1F/B', '1FB'),
    mapping('block', 'THEATRE/1F/C', '1FC'),
    mapping('block', 'THEATRE/2F/A', '2FA'),
    mapping('block', 'THEATRE/2F/B', '2FB'),
    mapping('contingent', 'FNAC', 'FNAC'),
  ];
}
