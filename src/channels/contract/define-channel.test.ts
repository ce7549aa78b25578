import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Capabilities } from './capabilities.ts';
import type { OpenChannel, SalesPort, Texts } from './channel.ts';
import { defineChannel } from './channel.ts';
import type { SalesFilesPort } from './files/sales-file.ts';

const title: Texts = { fr: 'X', en: 'X', de: 'X', it: 'X', es: 'X' };
const schema = z.strictObject({ url: z.string() });
const fields = { url: { label: title, secret: false } };

const nothing = {
  products: { events: 'none', passes: 'none' },
  catalogue: 'none',
  contingents: {
    seats: 'none',
    zones: 'none',
    datedPasses: 'none',
    undatedPasses: 'none',
    withdraw: false,
    list: false,
  },
  sales: {
    mode: 'none',
    cancellations: false,
    refunds: false,
    replacements: false,
    exchanges: false,
    holders: false,
    names: false,
    files: 'none',
  },
  booking: 'none',
  access: { codes: 'ours', lists: 'none' },
  repeat: 'lookup-only',
  limits: { itemsPerCommand: 1, messagesPerPage: 1, callsPerMinute: 1 },
} as const satisfies Capabilities;

const pulling = { ...nothing, sales: { ...nothing.sales, mode: 'pull' } } as const;

const testConnection = async (): Promise<[]> => [];
const sales: SalesPort = { async *pull() {} };
const salesFiles: SalesFilesPort = { async *read() {} };
const filing = { ...nothing, sales: { ...nothing.sales, files: 'operator-names' } } as const;
const base = { id: 'x', title, config: { schema, fields }, account: () => 'x' };

describe('defineChannel', () => {
  test('what is declared and there compiles, and opens', () => {
    const channel = defineChannel({
      ...base,
      capabilities: pulling,
      open: () => ({ testConnection, sales }),
    });
    expect(channel.capabilities.sales.mode).toBe('pull');
  });

  test('a declared method that is missing does not compile', () => {
    // @ts-expect-error: pull is declared, so `sales` must be there.
    defineChannel({ ...base, capabilities: pulling, open: () => ({ testConnection }) });
    // @ts-expect-error: the same, said of the type alone.
    const open: OpenChannel<typeof pulling> = { testConnection };
    expect(open).not.toHaveProperty('sales');
  });

  test('a method that is not declared does not compile', () => {
    defineChannel({
      ...base,
      capabilities: nothing,
      // @ts-expect-error: no sales are declared.
      open: () => ({ testConnection, sales }),
    });
    // @ts-expect-error: the same, said of the type alone.
    const open: OpenChannel<typeof nothing> = { testConnection, sales };
    expect(open.testConnection).toBe(testConnection);
  });

  test('files are demanded by their capability, and only by it', () => {
    const channel = defineChannel({
      ...base,
      capabilities: filing,
      open: () => ({ testConnection, salesFiles }),
    });
    expect(channel.capabilities.sales.files).toBe('operator-names');
    // @ts-expect-error: files are declared, so `salesFiles` must be there.
    defineChannel({ ...base, capabilities: filing, open: () => ({ testConnection }) });
    defineChannel({
      ...base,
      capabilities: pulling,
      // @ts-expect-error: no files are declared.
      open: () => ({ testConnection, sales, salesFiles }),
    });
  });

  test('a capability that is not one literal does not compile', () => {
    const either = { ...nothing, repeat: nothing.repeat as Capabilities['repeat'] };
    defineChannel({
      ...base,
      // @ts-expect-error: by-reference or lookup-only: nobody could plan by that.
      capabilities: either,
      open: () => ({ testConnection }),
    });
    const perhaps = { ...nothing, sales: { ...nothing.sales, names: true as boolean } };
    defineChannel({
      ...base,
      // @ts-expect-error: a boolean is two literals.
      capabilities: perhaps,
      open: () => ({ testConnection }),
    });
    expect(either.repeat).toBe('lookup-only');
  });

  test('settings are held against the schema before anything opens', () => {
    const channel = defineChannel({
      ...base,
      capabilities: nothing,
      open: () => ({ testConnection }),
    });
    expect(() => channel.account({ url: 1 })).toThrow(z.ZodError);
    expect(channel.account({ url: 'u' })).toBe('x');
  });
});
