import type { Catalogue } from '../catalogue/catalogue.ts';
import { indexCatalogue } from '../catalogue/catalogue.ts';
import type { Draft } from './draft.ts';

const EMPTY = {
  version: 0,
  zones: [],
  prices: [],
  vatRates: [],
  windows: [],
  commissions: [],
  counters: [],
};

/** As much of a catalogue as names what can be mapped. */
export function mappableCatalogue(draft: Draft): Catalogue {
  return indexCatalogue({
    ...EMPTY,
    ...placesOf(draft),
    seasons: draft.season.all().map(({ id, code }) => ({ id, code, startsOn: null, endsOn: null })),
    products: draft.product.all().map((row) => ({
      id: row.id,
      seasonId: row.season_id,
      code: row.code,
      name: row.name,
      kind: row.kind,
      namesRequired: false,
      namelessOpensDoor: true,
      validFrom: null,
      validUntil: null,
      validDays: null,
      daysPerTicket: 1,
      timeZone: row.time_zone,
    })),
    performances: draft.performance.all().map((row) => ({
      id: row.id,
      productId: row.product_id,
      code: row.code,
      startsAt: row.starts_at,
      timeZone: row.time_zone,
      localStart: row.local_start,
      aliases: [],
      logicalConfigurationId: row.logical_configuration_id,
      state: row.state,
      gauge: null,
      suspendedAt: null,
      cancelledAt: null,
      closedAt: null,
    })),
    tariffs: draft.tariff.all().map((row) => ({
      id: row.id,
      seasonId: row.season_id,
      audience: row.audience,
      audienceKind: row.audience_kind,
      code: row.code,
      name: row.name,
    })),
    contingents: draft.contingent.all().map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      kind: row.kind,
      salesChannelIds: [],
      sendsWheelchair: false,
      sendsRestrictedView: false,
      sendsHouseSeats: false,
    })),
  });
}

function placesOf(draft: Draft) {
  return {
    logicalConfigurations: draft.logical_configuration.all().map((row) => ({
      id: row.id,
      layoutId: row.layout_id,
      layoutCode: draft.layout.byId(row.layout_id)?.code ?? '',
      code: row.code,
      name: row.name,
    })),
    seatCategories: draft.seat_category.all().map((row) => ({
      id: row.id,
      logicalConfigurationId: row.logical_configuration_id,
      code: row.code,
      name: row.name,
      kind: row.kind,
    })),
    blocks: draft.block.all().map((row) => {
      const area = draft.area.byId(row.area_id);
      const layout = draft.layout.byId(area?.layout_id ?? null);
      return {
        id: row.id,
        areaId: row.area_id,
        layoutId: layout?.id ?? 0,
        layoutCode: layout?.code ?? '',
        areaCode: area?.code ?? '',
        code: row.code,
        numbered: area?.numbered ?? false,
      };
    }),
  };
}
