import { expect } from 'vitest';
import type { Capabilities } from '../capabilities.ts';
import type { Channel } from '../channel.ts';
import { LANGUAGES } from '../channel.ts';
import type { ContractCase } from './house.ts';

const always = (): boolean => true;

/** The methods that an open channel must have, and no other. */
export function methodsOf(capabilities: Capabilities): string[] {
  const { seats, zones, datedPasses, undatedPasses, list } = capabilities.contingents;
  const methods = ['testConnection'];
  if (capabilities.sales.mode === 'pull') methods.push('sales');
  if (capabilities.sales.files !== 'none') methods.push('salesFiles');
  if ([seats, zones, datedPasses, undatedPasses].includes('push')) methods.push('contingents');
  if (list) methods.push('contingentList');
  if (capabilities.access.lists === 'prepare-fetch') methods.push('accessLists');
  return methods.sort();
}

/** The paths of values that are no single literal: undefined, lists, functions. */
function oddValues(value: unknown, path: string): string[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, one]) => oddValues(one, `${path}.${name}`));
  }
  return ['string', 'boolean', 'number'].includes(typeof value) ? [] : [path];
}

function missingLabels(channel: Channel): string[] {
  const fields = Object.entries(channel.config.fields);
  return fields.flatMap(([name, { label }]) =>
    LANGUAGES.filter((language) => !label[language]).map((language) => `${name}.${language}`),
  );
}

export const SHAPE_CASES: readonly ContractCase[] = [
  {
    name: 'shape.methods: has the declared methods and no other',
    needs: always,
    async run({ open, channel }) {
      const present = Object.entries(open)
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name);
      expect(present.sort()).toEqual(methodsOf(channel.capabilities));
    },
  },
  {
    name: 'shape.capabilities: plain values and limits above zero',
    needs: always,
    async run({ channel }) {
      expect(oddValues(channel.capabilities, 'capabilities')).toEqual([]);
      for (const limit of Object.values(channel.capabilities.limits)) {
        expect(limit).toBeGreaterThan(0);
      }
    },
  },
  {
    name: 'shape.config: every setting has its label in five languages, and none is made up',
    needs: always,
    async run({ channel, config }) {
      expect(missingLabels(channel)).toEqual([]);
      for (const name of Object.keys(config)) expect(channel.config.fields).toHaveProperty(name);
      expect(channel.config.schema.safeParse({}).success).toBe(false);
      const madeUp = { ...config, madeUp: 'x' };
      expect(channel.config.schema.safeParse(madeUp).success).toBe(false);
      expect(channel.account(config)).not.toBe('');
    },
  },
];
