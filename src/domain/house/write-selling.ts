/** Channels, money, interfaces, mappings and schedules, as lists of a house file. */
import { printAlternatives } from '../mapping/mapping-text.ts';
import type { HouseFile, LineOf } from './file.ts';
import { SINCE_EVER } from './plan-money.ts';
import type { InterfaceRow, MappingRow, ScheduleRow } from './rows.ts';
import { fromMinor, minorDigits } from './values.ts';
import type { Writer } from './writer.ts';
import { compact, unless } from './writer.ts';

export function writeSellingLists(writer: Writer): Partial<HouseFile> {
  return {
    ...writeChannels(writer),
    ...writeMoney(writer),
    interfaces: writer.draft.interface.all().map((row) => writeInterface(writer, row)),
    commissions: writeCommissions(writer),
    mappings: writer.draft.mapping.all().map((row) => writeMapping(writer, row)),
    schedules: writer.draft.schedule.all().map((row) => writeSchedule(writer, row)),
  };
}

function writeChannels(writer: Writer): Partial<HouseFile> {
  const { draft, code, product } = writer;
  const served = Map.groupBy(draft.contingent_channel.all(), (row) => row.contingent_id);
  return {
    sales_channels: draft.sales_channel.all().map(({ id: _id, ...row }) => row),
    windows: draft.on_sale_window.all().map((row) =>
      compact({
        sales_channel: code('sales_channel', row.sales_channel_id),
        ...product(row.product_id),
        ...performanceOf(writer, row.performance_id),
        opens: row.opens_at,
        closes: row.closes_at,
      }),
    ),
    points_of_sale: draft.point_of_sale.all().map((row) => ({
      sales_channel: code('sales_channel', row.sales_channel_id),
      code: row.code,
      name: row.name,
      accepts_pending_account: row.accepts_pending_account,
    })),
    contacts: draft.contact.all().map(({ id: _id, ...row }) => row),
    pending_accounts: draft.pending_account.all().map((row) => ({
      contact: code('contact', row.contact_id),
      code: row.code,
      currency: row.currency,
      ...(row.ceiling_minor === null
        ? {}
        : { ceiling: fromMinor(row.ceiling_minor, minorDigits(row.currency)) }),
    })),
    contingents: draft.contingent.all().map((row) => {
      const channels = (served.get(row.id) ?? []).map((one) => one.sales_channel_id);
      const { id: _id, ...line } = row;
      return compact({
        ...line,
        sales_channels: channels.map((id) => code('sales_channel', id)),
      });
    }),
  };
}

function performanceOf(writer: Writer, id: number | null): { performance?: string } {
  return id === null ? {} : { performance: writer.code('performance', id) };
}

/** The first value of a thing is written without a date. */
function validFrom(instant: string): { valid_from?: string } {
  return unless('valid_from', instant, SINCE_EVER);
}

function tariffKey(writer: Writer, id: number): string {
  const tariff = writer.draft.tariff.byId(id);
  return `${tariff?.audience}/${tariff?.code}`;
}

function writeMoney(writer: Writer): Partial<HouseFile> {
  const { draft, product, code } = writer;
  return {
    prices: draft.price.all().map((row) => {
      const category = draft.seat_category.byId(row.seat_category_id);
      const place =
        category === null
          ? {}
          : {
              configuration: code('logical_configuration', category.logical_configuration_id),
              category: category.code,
            };
      return {
        ...product(row.product_id),
        ...performanceOf(writer, row.performance_id),
        ...place,
        tariff: tariffKey(writer, row.tariff_id),
        amount: fromMinor(row.amount_minor, minorDigits(row.currency)),
        ...validFrom(row.valid_from),
      };
    }),
    vat: draft.vat_rate.all().map((row) => ({
      ...product(row.product_id),
      ...performanceOf(writer, row.performance_id),
      rate: fromMinor(row.rate_hundredths, 2),
      ...validFrom(row.valid_from),
    })),
  };
}

function writeCommissions(writer: Writer): LineOf<'commissions'>[] {
  const { draft, product, code } = writer;
  return draft.commission.all().map((row) => {
    const owner = draft.interface.byId(row.interface_id);
    const digits = row.kind === 'percent' ? 2 : minorDigits(owner?.currency ?? 'EUR');
    const tariff = draft.tariff.byId(row.tariff_id);
    return {
      interface: owner?.code ?? '',
      ...(tariff === null ? {} : { season: code('season', tariff.season_id) }),
      ...(row.product_id === null ? {} : product(row.product_id)),
      ...(tariff === null ? {} : { tariff: tariffKey(writer, tariff.id) }),
      kind: row.kind,
      value: fromMinor(row.value, digits),
      on_top: row.on_top,
      ...validFrom(row.valid_from),
    };
  });
}

function productKey(writer: Writer, id: number): string {
  const { season, product } = writer.product(id);
  return `${season}/${product}`;
}

function writeInterface(writer: Writer, row: InterfaceRow): LineOf<'interfaces'> {
  const { draft, code } = writer;
  const account = draft.reseller_account.byId(row.reseller_account_id);
  const products = draft.interface_product
    .all()
    .filter((one) => one.interface_id === row.id)
    .map((one) => productKey(writer, one.product_id));
  return compact({
    code: row.code,
    names: row.names as { fr: string },
    reseller: row.reseller,
    channel: row.channel,
    account: account?.account,
    account_opened: account?.opened_at,
    sales_channel: code('sales_channel', row.sales_channel_id),
    point_of_sale: code('point_of_sale', row.point_of_sale_id) || null,
    contact: code('contact', row.contact_id) || null,
    pending_account: code('pending_account', row.pending_account_id) || null,
    currency: row.currency,
    time_zone: row.time_zone,
    price_policy: row.price_policy,
    price_tolerance: fromMinor(row.price_tolerance_minor, minorDigits(row.currency)),
    price_grace_hours: row.price_grace_hours,
    price_includes_commission: row.price_includes_commission,
    commission_vat: fromMinor(row.commission_vat_hundredths, 2),
    ceiling_blocks: row.ceiling_blocks,
    house_stock_maximum: row.house_stock_maximum,
    status: row.status,
    notified_emails: row.notified_emails,
    people: row.people,
    products,
    config: row.config as LineOf<'interfaces'>['config'],
  });
}

function writeMapping(writer: Writer, row: MappingRow): LineOf<'mappings'> {
  const { code } = writer;
  return compact({
    interface: code('interface', row.interface_id),
    word: row.word as LineOf<'mappings'>['word'],
    ...(row.season_id === null ? {} : { season: code('season', row.season_id) }),
    ours: row.ours ?? undefined,
    external: printAlternatives(row.external),
    ...unless('not_ours', row.not_ours, false),
    ...(row.rule === null ? {} : { rule: ruleLine(row.rule) }),
  });
}

function ruleLine(rule: Record<string, unknown>): NonNullable<LineOf<'mappings'>['rule']> {
  return compact({
    prefix: rule.prefix as string,
    digits: rule.digits as number | null,
    our_digits: rule.ourDigits as number | null,
    letter_case: rule.letterCase as 'upper' | null,
    our_letter_case: rule.ourLetterCase as 'upper' | null,
  });
}

function writeSchedule(writer: Writer, row: ScheduleRow): LineOf<'schedules'> {
  const { draft, code } = writer;
  const performances = (row.filters.performanceIds ?? []).map((id) => {
    const performance = draft.performance.byId(id);
    return `${productKey(writer, performance?.product_id ?? 0)}/${performance?.code}`;
  });
  const products = (row.filters.productIds ?? []).map((id) => productKey(writer, id));
  return compact({
    interface: code('interface', row.interface_id),
    name: row.name,
    function: row.function as LineOf<'schedules'>['function'],
    timing: row.timing as LineOf<'schedules'>['timing'],
    active: row.active,
    first_at: row.first_at,
    ...(products.length > 0 ? { products } : {}),
    ...(performances.length > 0 ? { performances } : {}),
  });
}
