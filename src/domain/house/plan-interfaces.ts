/** Interfaces to resellers: their settings and secrets, their account, products and status. */
import type { PlanContext } from './context.ts';
import { instantOf, minorOf, need, removeRow, report } from './context.ts';
import { same } from './draft.ts';
import type { Line } from './file.ts';
import { productOf } from './plan-products.ts';
import { checkSellable, salesChannelOf } from './plan-selling.ts';
import type { InterfaceRow } from './rows.ts';
import { mergeSettings, secretsMayFollow } from './settings.ts';
import { isZone, toMinor } from './values.ts';

type InterfaceLine = Line<'interfaces'>;

export function planInterfaces(context: PlanContext): void {
  for (const line of context.house.lines.interfaces) {
    const found = context.draft.interface.find(line.value.code);
    if (line.value.remove) removeRow(context, line, 'interface', found);
    else planInterface(context, line, found);
  }
}

function planInterface(
  context: PlanContext,
  line: InterfaceLine,
  found: InterfaceRow | null,
): void {
  const { draft, organisation } = context;
  const { value } = line;
  if (value.time_zone !== undefined && !isZone(value.time_zone)) {
    report(context, line, 'time_zone', {
      code: 'house.time_zone',
      message: `${value.time_zone} is not a time zone.`,
      cure: 'Write an IANA name: Europe/Paris.',
    });
  }
  const channel = salesChannelOf(context, line, 'sales_channel', value.sales_channel);
  const partners = partnersOf(context, line);
  const settings = settingsOf(context, line, found);
  const currency = value.currency ?? found?.currency ?? organisation.currency;
  checkCurrency(context, line, found, currency);
  const tolerance =
    value.price_tolerance === undefined
      ? undefined
      : minorOf(context, line, 'price_tolerance', value.price_tolerance, currency);
  const vat = value.commission_vat === undefined ? undefined : toMinor(value.commission_vat, 2);
  const accountId = settings && accountOf(context, line, found, settings.account);
  if (channel === null || partners === null || settings === null) return;
  if (accountId === null || tolerance === null || vat === null) return;
  const row = draft.interface.put(
    {
      code: value.code,
      names: value.names as Record<string, string>,
      reseller: value.reseller,
      channel: value.channel,
      reseller_account_id: accountId,
      sales_channel_id: channel.id,
      ...partners,
      currency,
      time_zone: value.time_zone,
      price_policy: value.price_policy,
      price_tolerance_minor: tolerance,
      price_grace_hours: value.price_grace_hours,
      price_includes_commission: value.price_includes_commission,
      commission_vat_hundredths: vat,
      ceiling_blocks: value.ceiling_blocks,
      house_stock_maximum: value.house_stock_maximum,
      status: value.status,
      notified_emails: value.notified_emails,
      people: value.people,
      config: settings.config,
    },
    () => newInterface(context, line, accountId, channel.id),
  );
  if (!same(settings.secrets, context.secrets.get(row.id) ?? {})) {
    context.secretChanges.set(row.id, settings.secrets);
  }
  if (value.products !== undefined) setProducts(context, line, row.id, value.products);
  checkActive(context, line, row);
}

/** What was sold is kept in its currency: an interface with sales keeps its own. */
function checkCurrency(
  context: PlanContext,
  line: InterfaceLine,
  found: InterfaceRow | null,
  currency: string,
): void {
  if (found === null || found.currency === currency) return;
  if (!context.bookedAccounts.has(found.reseller_account_id)) return;
  report(context, line, 'currency', {
    code: 'house.fixed',
    message: `${found.code} has sales in ${found.currency}.`,
    cure: 'Make another interface for another currency.',
  });
}

function newInterface(
  context: PlanContext,
  line: InterfaceLine,
  accountId: number,
  salesChannelId: number,
): InterfaceRow {
  return {
    id: context.draft.newId(),
    code: line.value.code,
    names: line.value.names as Record<string, string>,
    reseller: line.value.reseller,
    channel: line.value.channel,
    reseller_account_id: accountId,
    sales_channel_id: salesChannelId,
    point_of_sale_id: null,
    contact_id: null,
    pending_account_id: null,
    currency: context.organisation.currency,
    time_zone: context.organisation.time_zone,
    price_policy: 'error',
    price_tolerance_minor: 0,
    price_grace_hours: 24,
    price_includes_commission: true,
    commission_vat_hundredths: 2000,
    ceiling_blocks: false,
    house_stock_maximum: 0,
    status: 'hidden',
    notified_emails: [],
    people: [],
    config: {},
  };
}

/** Point of sale, contact and account: undefined where the line does not speak of them. */
function partnersOf(context: PlanContext, line: InterfaceLine) {
  const { draft } = context;
  const { point_of_sale, contact, pending_account } = line.value;
  const idOf = (
    key: 'point_of_sale' | 'contact' | 'pending_account',
    sheet: 'points_of_sale' | 'contacts' | 'pending_accounts',
    code: string | null | undefined,
  ): { id: number | null | undefined } | null => {
    if (code === null || code === undefined) return { id: code };
    const found = need<{ id: number }>(context, line, { key, sheet, code }, draft[key].find(code));
    return found && { id: found.id };
  };
  const pos = idOf('point_of_sale', 'points_of_sale', point_of_sale);
  const payer = idOf('contact', 'contacts', contact);
  const account = idOf('pending_account', 'pending_accounts', pending_account);
  if (pos === null || payer === null || account === null) return null;
  return { point_of_sale_id: pos.id, contact_id: payer.id, pending_account_id: account.id };
}

interface Settings {
  config: Record<string, unknown>;
  secrets: Record<string, string>;
  /** As the channel reads it off the settings. */
  account: string | null;
}

/** Settings and secrets with the stored ones beneath; null with the faults reported. */
function settingsOf(
  context: PlanContext,
  line: InterfaceLine,
  found: InterfaceRow | null,
): Settings | null {
  const { value } = line;
  const channel = context.channelSettings(value.channel);
  const stored = found === null ? {} : (context.secrets.get(found.id) ?? {});
  const before = { config: found?.config ?? {}, secrets: stored };
  const after = mergeSettings(before, value, channel?.secretFields ?? new Set());
  const { config, secrets } = after;
  if (context.guardSecrets && found !== null && !secretsMayFollow(before, value, after)) {
    return report(context, line, 'secrets', {
      code: 'house.secrets_again',
      message: `${value.code} gets another address, and its passwords were for the former one.`,
      cure: 'Give the passwords again together with the address.',
    });
  }
  if (channel === null) return { config, secrets, account: null };
  const checked = channel.check({ ...config, ...secrets });
  if ('account' in checked) return { config, secrets, account: checked.account };
  for (const fault of checked.faults) {
    const secret = fault.field !== null && channel.secretFields.has(fault.field);
    const key = fault.field && `${secret ? 'secrets' : 'config'}.${fault.field}`;
    report(context, line, key, {
      code: 'house.settings',
      message: `${fault.field ?? 'The settings'}: ${fault.message}.`,
      cure: `docs/channels/${value.channel}.md says what this channel needs.`,
    });
  }
  return null;
}

function accountOf(
  context: PlanContext,
  line: InterfaceLine,
  found: InterfaceRow | null,
  fromSettings: string | null,
): number | null {
  const { draft } = context;
  const { channel, account_opened } = line.value;
  const stored = draft.reseller_account.byId(found?.reseller_account_id ?? null);
  const account = line.value.account ?? fromSettings ?? stored?.account ?? null;
  if (account === null) {
    return report(context, line, 'account', {
      code: 'house.account',
      message: `What names the account at ${line.value.reseller} is missing.`,
      cure: 'Fill in account: for FNAC it is the manager code.',
    });
  }
  const other = stored !== null && (stored.account !== account || stored.channel !== channel);
  // An account of which nothing is booked was perhaps only misspelt.
  if (other && context.bookedAccounts.has(stored.id)) {
    return report(context, line, line.value.account === undefined ? 'config' : 'account', {
      code: 'house.fixed',
      message: `${line.value.code} belongs to the account ${stored.channel} ${stored.account}.`,
      cure: 'Sales are taken once per account: make another interface for another account.',
    });
  }
  const opened =
    typeof account_opened === 'string'
      ? instantOf(context, line, 'account_opened', account_opened)
      : account_opened;
  const values = { channel, account, opened_at: opened };
  const create = () => ({ id: draft.newId(), channel, account, opened_at: null });
  return draft.reseller_account.put(values, create).id;
}

function setProducts(
  context: PlanContext,
  line: InterfaceLine,
  interfaceId: number,
  keys: readonly string[],
): void {
  const { interface_product: table } = context.draft;
  const wanted = new Set<number>();
  for (const key of keys) {
    const [season = '', code = ''] = key.split('/');
    const product = productOf(context, line, season, code);
    if (product === null || !checkSellable(context, line, 'products', product)) continue;
    wanted.add(product.id);
  }
  for (const row of table.all()) {
    if (row.interface_id === interfaceId && !wanted.has(row.product_id)) table.remove(row);
  }
  for (const product_id of wanted) {
    const row = { interface_id: interfaceId, product_id };
    table.put(row, () => row);
  }
}

/** What a visible interface must have: it runs, and its orders must be payable. */
function checkActive(context: PlanContext, line: InterfaceLine, row: InterfaceRow): void {
  const { draft } = context;
  const pointOfSale = draft.point_of_sale.byId(row.point_of_sale_id);
  const contact = draft.contact.byId(row.contact_id);
  const account = draft.pending_account.byId(row.pending_account_id);
  const fault = (key: string, message: string, cure: string) =>
    report(context, line, key, { code: 'house.interface', message, cure });
  if (pointOfSale !== null && pointOfSale.sales_channel_id !== row.sales_channel_id) {
    const cure = 'Name a point of sale of the same sales channel.';
    fault('point_of_sale', `${pointOfSale.code} is on another sales channel.`, cure);
  }
  if (account !== null && account.currency !== row.currency) {
    fault(
      'currency',
      `The account ${account.code} is kept in ${account.currency}.`,
      'Name another.',
    );
  }
  if (account !== null && contact !== null && account.contact_id !== contact.id) {
    fault(
      'pending_account',
      `${account.code} belongs to another contact.`,
      'Name its own contact.',
    );
  }
  if (row.status !== 'visible') return;
  if (account === null || pointOfSale === null || contact === null) {
    const missing = [
      account === null ? 'pending_account' : null,
      pointOfSale === null ? 'point_of_sale' : null,
      contact === null ? 'contact' : null,
    ].filter((key) => key !== null);
    const message = `A visible interface needs ${missing.join(', ')}.`;
    fault(missing[0] ?? 'status', message, 'Fill it in, or make the status "hidden".');
    return;
  }
  if (!pointOfSale.accepts_pending_account) {
    const message = `The point of sale ${pointOfSale.code} does not accept the pending account.`;
    fault('point_of_sale', message, 'Set accepts_pending_account on it, or name another.');
  }
  if (!contact.pending_account_authorised) {
    const message = `The contact ${contact.code} may not pay by pending account.`;
    fault('contact', message, 'Set pending_account_authorised on it, or name another.');
  }
}
