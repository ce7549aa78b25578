/** Sales channels and windows, points of sale, contacts, pending accounts and contingents. */
import { resellersMaySell } from '../catalogue/catalogue.ts';
import type { PlanContext } from './context.ts';
import { instantOf, minorOf, need, removeRow, report } from './context.ts';
import type { Line, SheetName } from './file.ts';
import { performanceOf, productOf } from './plan-products.ts';
import type { ProductRow, SalesChannelRow } from './rows.ts';

export function planSelling(context: PlanContext): void {
  const { draft, house } = context;
  for (const line of house.lines.sales_channels) {
    const { remove, ...values } = line.value;
    if (remove) removeRow(context, line, 'sales_channel', draft.sales_channel.find(values.code));
    else draft.sales_channel.put(values, () => ({ id: draft.newId(), ...values }));
  }
  for (const line of house.lines.points_of_sale) planPointOfSale(context, line);
  for (const line of house.lines.contacts) {
    const { remove, ...values } = line.value;
    if (remove) removeRow(context, line, 'contact', draft.contact.find(values.code));
    else draft.contact.put(values, () => ({ id: draft.newId(), ...values }));
  }
  for (const line of house.lines.pending_accounts) planPendingAccount(context, line);
  for (const line of house.lines.contingents) planContingent(context, line);
}

export function salesChannelOf(
  context: PlanContext,
  line: Line<SheetName>,
  key: string,
  code: string,
): SalesChannelRow | null {
  const found = context.draft.sales_channel.find(code);
  return need(context, line, { key, sheet: 'sales_channels', code }, found);
}

function planPointOfSale(context: PlanContext, line: Line<'points_of_sale'>): void {
  const { draft } = context;
  const { code, name, accepts_pending_account, remove } = line.value;
  if (remove) {
    removeRow(context, line, 'point_of_sale', draft.point_of_sale.find(code));
    return;
  }
  const channel = salesChannelOf(context, line, 'sales_channel', line.value.sales_channel);
  if (channel === null) return;
  const values = { sales_channel_id: channel.id, code, name, accepts_pending_account };
  draft.point_of_sale.put(values, () => ({ id: draft.newId(), ...values }));
}

function planPendingAccount(context: PlanContext, line: Line<'pending_accounts'>): void {
  const { draft } = context;
  const { code, contact: contactCode, ceiling, remove } = line.value;
  const found = draft.pending_account.find(code);
  if (remove) {
    removeRow(context, line, 'pending_account', found);
    return;
  }
  const reference = { key: 'contact', sheet: 'contacts', code: contactCode } as const;
  const contact = need(context, line, reference, draft.contact.find(contactCode));
  const currency = line.value.currency ?? found?.currency ?? context.organisation.currency;
  const minor =
    typeof ceiling === 'string' || typeof ceiling === 'number'
      ? minorOf(context, line, 'ceiling', ceiling, currency)
      : ceiling;
  if (contact === null) return;
  if (found !== null && found.currency !== currency) {
    report(context, line, 'currency', {
      code: 'house.fixed',
      message: `The account ${code} is kept in ${found.currency}.`,
      cure: 'Open another account: a ledger has one currency.',
    });
    return;
  }
  const values = { contact_id: contact.id, code, currency };
  const create = () => ({ id: draft.newId(), ...values, ceiling_minor: null });
  draft.pending_account.put({ ...values, ceiling_minor: minor }, create);
}

function planContingent(context: PlanContext, line: Line<'contingents'>): void {
  const { draft } = context;
  const { sales_channels, remove, ...values } = line.value;
  if (remove) {
    removeRow(context, line, 'contingent', draft.contingent.find(values.code));
    return;
  }
  const contingent = draft.contingent.put(values, () => ({
    id: draft.newId(),
    code: values.code,
    name: values.name,
    kind: values.kind,
    colour: null,
    sends_wheelchair: false,
    sends_restricted_view: false,
    sends_house_seats: false,
  }));
  if (sales_channels !== undefined) setChannels(context, line, contingent.id, sales_channels);
  const served = draft.contingent_channel
    .all()
    .filter((row) => row.contingent_id === contingent.id);
  if (contingent.kind === 'external' && served.length > 1) {
    report(context, line, 'sales_channels', {
      code: 'house.contingent_channels',
      message: `${contingent.code} is external and would serve ${served.length} channels.`,
      cure: 'An external contingent is reserved to one channel: make one for each.',
    });
  }
}

function setChannels(
  context: PlanContext,
  line: Line<'contingents'>,
  contingentId: number,
  codes: readonly string[],
): void {
  const { contingent_channel: table } = context.draft;
  const wanted = new Set<number>();
  for (const code of codes) {
    const channel = salesChannelOf(context, line, 'sales_channels', code);
    if (channel !== null) wanted.add(channel.id);
  }
  for (const row of table.all()) {
    if (row.contingent_id === contingentId && !wanted.has(row.sales_channel_id)) table.remove(row);
  }
  for (const sales_channel_id of wanted) {
    const row = { contingent_id: contingentId, sales_channel_id };
    table.put(row, () => row);
  }
}

/** Whether a reseller sells through it: an external channel, or one that an interface is on. */
function isResellers(context: PlanContext, channel: SalesChannelRow): boolean {
  return (
    channel.kind === 'external' ||
    context.draft.interface.all().some((row) => row.sales_channel_id === channel.id)
  );
}

/** Reports a product that resellers may not sell; true where they may. */
export function checkSellable(
  context: PlanContext,
  line: Line<SheetName>,
  key: string,
  product: ProductRow,
): boolean {
  if (resellersMaySell(product.kind)) return true;
  report(context, line, key, {
    code: 'product.not_sellable',
    message: `${product.code} is a ${product.kind}: resellers cannot sell it.`,
    cure: 'Resellers sell events, competitions, individual visit passes and undated passes only.',
  });
  return false;
}

/** After the interfaces, because they make a channel a reseller's. */
export function planWindows(context: PlanContext): void {
  const { draft } = context;
  for (const line of context.house.lines.windows) {
    const { value } = line;
    const channel = salesChannelOf(context, line, 'sales_channel', value.sales_channel);
    const product = productOf(context, line, value.season, value.product);
    const opensAt = instantOf(context, line, 'opens', value.opens);
    const closesAt =
      typeof value.closes === 'string'
        ? instantOf(context, line, 'closes', value.closes)
        : value.closes;
    if (channel === null || product === null || opensAt === null) continue;
    const performance =
      value.performance === undefined
        ? undefined
        : performanceOf(context, line, product, value.performance);
    if (performance === null) continue;
    if (isResellers(context, channel) && !checkSellable(context, line, 'product', product))
      continue;
    if (typeof closesAt === 'string' && closesAt <= opensAt) {
      report(context, line, 'closes', {
        code: 'house.window',
        message: 'The window closes before it opens.',
        cure: 'Correct one of the two instants.',
      });
      continue;
    }
    const values = {
      sales_channel_id: channel.id,
      product_id: product.id,
      performance_id: performance?.id ?? null,
      opens_at: opensAt,
    };
    if (value.remove) removeRow(context, line, 'on_sale_window', draft.on_sale_window.like(values));
    else {
      const create = () => ({ id: draft.newId(), ...values, closes_at: null });
      draft.on_sale_window.put({ ...values, closes_at: closesAt }, create);
    }
  }
}
