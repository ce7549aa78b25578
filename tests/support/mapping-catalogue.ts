/** A small catalogue for tests of mappings: the museum of the slides and a stadium. */
import type {
  AudienceKind,
  Catalogue,
  CatalogueRows,
  ProductKind,
} from '../../src/domain/catalogue/catalogue.ts';
import { indexCatalogue } from '../../src/domain/catalogue/catalogue.ts';
import type { MappingRow, MappingWord } from '../../src/domain/mapping/mapping-row.ts';

export const SEASON_1 = 1;
export const SEASON_2 = 2;

const product = (id: number, seasonId: number, code: string, name: string, kind: ProductKind) => ({
  id,
  seasonId,
  code,
  name,
  kind,
  namesRequired: false,
  namelessOpensDoor: true,
  validFrom: null,
  validUntil: null,
  validDays: null,
  daysPerTicket: 1,
  timeZone: 'Europe/Paris',
});

const tariff = (
  id: number,
  seasonId: number,
  audience: string,
  code: string,
  name: string,
  audienceKind: AudienceKind = 'occasional_contact',
) => ({ id, seasonId, audience, code, name, audienceKind });

const configuration = (id: number, layoutId: number, layoutCode: string, code: string) => ({
  id,
  layoutId,
  layoutCode,
  code,
  name: `${code} in words`,
});

const block = (
  id: number,
  layoutCode: string,
  areaCode: string,
  code: string,
  numbered = true,
) => ({
  id,
  areaId: id,
  layoutId: layoutCode === 'AUDI' ? 1 : 2,
  layoutCode,
  areaCode,
  code,
  numbered,
});

const contingent = (id: number, code: string) => ({
  id,
  code,
  name: code,
  kind: 'external' as const,
  salesChannelIds: [1],
  sendsWheelchair: false,
  sendsRestrictedView: false,
  sendsHouseSeats: false,
});

export const MOSA_ROWS: CatalogueRows = {
  version: 1,
  seasons: [
    { id: SEASON_1, code: 'Saison 1', startsOn: null, endsOn: null },
    { id: SEASON_2, code: 'Saison 2', startsOn: null, endsOn: null },
  ],
  products: [
    product(1, SEASON_2, 'CHALK', "Festival d'œuvres d'art à la craie", 'event'),
    product(2, SEASON_1, 'MSTIC', 'Billet Musée', 'visit_pass'),
    product(3, SEASON_2, 'ABO', 'Abonnement', 'season_ticket'),
    product(4, SEASON_1, 'CHALK', 'Craie, la première', 'event'),
    product(5, SEASON_2, 'GROUP', 'Visite de groupe', 'group_visit_pass'),
  ],
  performances: [],
  logicalConfigurations: [
    configuration(1, 1, 'AUDI', 'GARD100'),
    configuration(2, 2, 'STADE', 'MATCH'),
  ],
  seatCategories: [
    { id: 1, logicalConfigurationId: 1, code: 'UNIQUE', name: 'CAT Unique', kind: 'zone' },
    { id: 2, logicalConfigurationId: 2, code: 'UNIQUE', name: 'Catégorie unique', kind: 'seats' },
    { id: 3, logicalConfigurationId: 2, code: 'OR', name: 'Carré Or', kind: 'seats' },
  ],
  blocks: [
    block(1, 'AUDI', 'AUDI', '', false),
    block(2, 'STADE', 'NORD', 'A'),
    block(3, 'STADE', 'NORD', 'B'),
    block(4, 'STADE', 'SUD', 'A'),
    block(5, 'STADE', 'LOGES', ''),
  ],
  zones: [],
  counters: [],
  tariffs: [
    tariff(1, SEASON_2, 'OccCont', 'FNAC_P', 'FNAC Normal'),
    tariff(2, SEASON_2, 'OccCont', 'FNAC_R', 'FNAC Réduit'),
    tariff(3, SEASON_2, 'OccCont', 'FNAC_A', 'FNAC Adhérent'),
    tariff(4, SEASON_2, 'Membre', 'FNAC_P', 'Membre', 'member_contact'),
    tariff(5, SEASON_2, 'OccCom', 'CE', "Comité d'entreprise", 'occasional_community'),
    tariff(6, SEASON_1, 'OccCont', 'FNAC_P', 'FNAC Normal'),
    tariff(7, SEASON_2, 'Invit', 'EXO', 'Exonéré', 'invited'),
  ],
  prices: [],
  vatRates: [],
  windows: [],
  contingents: [contingent(1, 'FNAC'), contingent(2, 'RESERVE')],
  commissions: [],
};

export function mosaCatalogue(change: Partial<CatalogueRows> = {}): Catalogue {
  return indexCatalogue({ ...MOSA_ROWS, ...change });
}

let nextId = 0;

/** A row of a table of mappings; a null `ours` marks its values as not ours. */
export function mappingRow(
  word: MappingWord,
  ours: string | null,
  external: readonly string[],
  seasonId: number | null = null,
): MappingRow {
  nextId += 1;
  return { id: nextId, word, seasonId, ours, external, notOurs: ours === null };
}

/** The table of the slide. */
export function mosaMappings(): MappingRow[] {
  return [
    mappingRow('block', 'AUDI/AUDI', ['LIBRE', 'UNIQUE']),
    mappingRow('tariff', 'OccCont/FNAC_P', ['0', '44'], SEASON_2),
    mappingRow('tariff', 'OccCont/FNAC_R', ['6'], SEASON_2),
    mappingRow('tariff', 'OccCont/FNAC_A', ['15', '60'], SEASON_2),
    mappingRow('product', 'CHALK', ['MOSA02'], SEASON_2),
    mappingRow('logical_configuration', 'GARD100', ['GAR'], SEASON_2),
    mappingRow('seat_category', 'GARD100/UNIQUE', ['30'], SEASON_2),
    mappingRow('product', 'MSTIC', ['MOSA01'], SEASON_1),
  ];
}
