/** Where in the web a finding of *ready to sell?* is mended. */
import type { Finding } from '../../domain/selling/finding.ts';
import { printId } from '../ids.ts';

export type FindingScreen =
  | 'interface'
  | 'mappings'
  | 'mapping_queue'
  | 'product'
  | 'performance'
  | 'plan'
  | 'prices'
  | 'cases'
  | 'tests'
  | 'account';

interface Place {
  interfaceId: number;
  accountId: number | null;
}

const WORDS: Readonly<Record<string, string>> = {
  'mapping.product': 'product',
  'mapping.configuration': 'logical_configuration',
  'mapping.category': 'seat_category',
  'mapping.block': 'block',
  'mapping.contingent': 'contingent',
  'mapping.tariff': 'tariff',
  'mapping.tariffs': 'tariff',
  'tariff.wrong_kind': 'tariff',
  'name.not_carried': 'row',
};

const SCREENS: Readonly<Record<string, FindingScreen>> = {
  'mapping.unseen': 'mapping_queue',
  'price.none': 'prices',
  'price.missing': 'prices',
  'price.currency': 'prices',
  'price.to_announce': 'prices',
  'tests.living': 'tests',
  'cases.open': 'cases',
  'account.ceiling_full': 'account',
  'account.ceiling_passed': 'account',
  'account.closed': 'account',
  'seats.no_contingent': 'plan',
  'seats.kept_home': 'plan',
  'contingent.empty': 'plan',
  'seats.refused': 'performance',
  'product.filtered_out': 'interface',
  'product.not_taken': 'interface',
  'channel.no_contingent': 'interface',
};

function screenOf(code: string): FindingScreen {
  const known = SCREENS[code] ?? (code in WORDS ? 'mappings' : undefined);
  if (known !== undefined) return known;
  if (code.startsWith('performance.') && code !== 'performance.none') return 'performance';
  return code.startsWith('interface.') || code === 'account.missing' ? 'interface' : 'product';
}

export function linkOf(
  { code, params, productId, performanceIds }: Finding,
  { interfaceId, accountId }: Place,
): { screen: FindingScreen; path: string } {
  const screen = screenOf(code);
  const of = `/interfaces/${printId('interface', interfaceId)}`;
  const product = productId === null ? {} : { product: printId('product', productId) };
  const [first] = performanceIds;
  const performance = first === undefined ? null : printId('performance', first);
  switch (screen) {
    case 'mappings':
      return { screen, path: `${of}/mappings${query({ word: WORDS[code], ours: params.ours })}` };
    case 'mapping_queue': {
      const value = { word: params.word, value: params.value };
      return { screen, path: `${of}/mappings/queue${query(value)}` };
    }
    case 'prices':
      if (code === 'price.to_announce') return { screen, path: `${of}/prices${query(product)}` };
      return { screen, path: `/house/prices${query(product)}` };
    case 'tests':
      return { screen, path: `${of}/tests${query(product)}` };
    case 'cases': {
      const which = { interface: printId('interface', interfaceId), ...product };
      return { screen, path: `/cases${query(which)}` };
    }
    case 'account':
      if (accountId === null) return { screen: 'interface', path: of };
      return { screen, path: `/accounts/${printId('account', accountId)}` };
    case 'interface':
      return { screen, path: of };
    case 'plan':
    case 'performance':
      if (performance === null) break;
      return {
        screen,
        path: `/performances/${performance}${screen === 'plan' ? '/plan' : '/resellers'}`,
      };
    default:
  }
  return {
    screen: 'product',
    path: productId === null ? '/house' : `/house/products/${printId('product', productId)}`,
  };
}

function query(values: Readonly<Record<string, string | number | null | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
