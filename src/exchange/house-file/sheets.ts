/**
 * The house file: one object (`organisation`) and many flat lists, each the equal of a sheet of a
 * workbook; a line's keys are the sheet's columns. Lines name other lines by code. A key that is
 * absent leaves the stored value as it is, null empties it, and `"remove": true` takes the line's
 * object away where nothing depends on it.
 */
import { z } from 'zod';
import type { LineOf, SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import * as inventory from './inventory-lines.ts';
import * as selling from './selling-lines.ts';

export const organisationSchema = inventory.organisationSchema;

/** The lists of a house file, in the order in which they build on one another. */
export const SHEETS = {
  seasons: inventory.season,
  layouts: inventory.layout,
  areas: inventory.area,
  blocks: inventory.block,
  seats: inventory.seats,
  configurations: inventory.configuration,
  categories: inventory.category,
  category_seats: inventory.categorySeats,
  zones: inventory.freeZone,
  products: inventory.product,
  performances: inventory.performance,
  tariffs: inventory.tariff,
  prices: inventory.price,
  vat: inventory.vat,
  sales_channels: selling.salesChannel,
  windows: selling.window,
  points_of_sale: selling.pointOfSale,
  contacts: selling.contact,
  pending_accounts: selling.pendingAccount,
  contingents: selling.contingent,
  contingent_seats: selling.contingentSeats,
  counters: selling.counter,
  contingent_quotas: selling.contingentQuota,
  own_places: selling.ownPlaces,
  interfaces: selling.resellerInterface,
  commissions: selling.commission,
  mappings: selling.mapping,
  schedules: selling.schedule,
} as const satisfies { [S in SheetName]: z.ZodType<LineOf<S>> };

export const SHEET_NAMES = Object.keys(SHEETS) as SheetName[];

const lists = Object.fromEntries(
  SHEET_NAMES.map((name) => [name, z.array(SHEETS[name]).optional()]),
);

/** The whole file, as published in docs/house-file.schema.json. */
export const houseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(HOUSE_FORMAT),
  organisation: organisationSchema,
  ...lists,
});
