/** What each channel can and wants, as a settings form is drawn from it: nobody asks its name. */
import { z } from 'zod';
import type { Capabilities } from '../../channels/contract/capabilities.ts';
import type { Channel, Texts } from '../../channels/contract/channel.ts';

/** What an interface can be told to do. */
export const CHANNEL_FUNCTIONS = [
  'export',
  'take_back',
  'integrate',
  'reconcile',
  'prepare_access',
  'fetch_access',
] as const;
export type ChannelFunction = (typeof CHANNEL_FUNCTIONS)[number];

/** Why a function is greyed; stable, its sentence is the reader's. */
export const FUNCTION_REASONS = [
  'channel.no_contingents',
  'channel.limits_only',
  'channel.no_withdrawal',
  'channel.sales_inbound',
  'channel.no_sales',
  'channel.no_list',
  'channel.codes_with_sale',
  'channel.no_access_lists',
] as const;
export type FunctionReason = (typeof FUNCTION_REASONS)[number];

export interface ChannelField {
  name: string;
  label: Texts;
  /** Kept encrypted, never answered. */
  secret: boolean;
  required: boolean;
  /** What it is without an entry. */
  usual: string | number | boolean | null;
  /** The field's own part of the schema. */
  type: 'string' | 'number' | 'integer' | 'boolean';
}

export interface DescribedChannel {
  id: string;
  title: Texts;
  capabilities: Capabilities;
  functions: { function: ChannelFunction; reason: FunctionReason | null }[];
  fields: ChannelField[];
  /** JSON Schema of all settings; secret fields are `writeOnly`. */
  schema: Record<string, unknown>;
}

export function describeChannel(channel: Channel): DescribedChannel {
  const { id, title, capabilities, config } = channel;
  const schema = z.toJSONSchema(config.schema, { io: 'input', unrepresentable: 'any' });
  const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(config.fields).map(([name, { label, secret }]) => {
    const own = properties[name] ?? {};
    if (secret) own.writeOnly = true;
    return {
      name,
      label,
      secret,
      required: required.has(name),
      usual: usualOf(own.default),
      type: typeOf(own.type),
    };
  });
  const functions = CHANNEL_FUNCTIONS.map((one) => ({
    function: one,
    reason: reasonAgainst(one, capabilities),
  }));
  const { $schema: _draft, ...plain } = schema as Record<string, unknown>;
  return { id, title, capabilities, functions, fields, schema: plain };
}

function usualOf(value: unknown): ChannelField['usual'] {
  const plain = ['string', 'number', 'boolean'].includes(typeof value);
  return plain ? (value as string) : null;
}

function typeOf(type: unknown): ChannelField['type'] {
  return type === 'boolean' || type === 'integer' || type === 'number' ? type : 'string';
}

/** Null: the channel can. */
export function reasonAgainst(
  one: ChannelFunction,
  { contingents, sales, access }: Capabilities,
): FunctionReason | null {
  const { seats, zones, datedPasses, undatedPasses } = contingents;
  const ways = [seats, zones, datedPasses, undatedPasses];
  const noExport = ways.includes('push')
    ? null
    : ways.includes('limit')
      ? 'channel.limits_only'
      : 'channel.no_contingents';
  switch (one) {
    case 'export':
      return noExport;
    case 'take_back':
      return noExport ?? (contingents.withdraw ? null : 'channel.no_withdrawal');
    case 'integrate':
      if (sales.mode === 'pull') return null;
      return sales.mode === 'inbound' ? 'channel.sales_inbound' : 'channel.no_sales';
    case 'reconcile':
      return contingents.list ? null : 'channel.no_list';
    default:
      if (access.lists === 'prepare-fetch') return null;
      return access.lists === 'with-sale' ? 'channel.codes_with_sale' : 'channel.no_access_lists';
  }
}
