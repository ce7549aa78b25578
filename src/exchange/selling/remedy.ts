/** What to type about a finding; null: it is mended in the house file, or by waiting. */
import type { Finding } from '../../domain/selling/finding.ts';

interface Named extends Finding {
  product: string | null;
  performances: readonly string[];
}

const MAPPED_AS: Readonly<Record<string, string>> = {
  'mapping.product': 'product',
  'mapping.configuration': 'logical_configuration',
  'mapping.category': 'seat_category',
  'mapping.block': 'block',
  'mapping.contingent': 'contingent',
  'mapping.tariff': 'tariff',
};

export function commandOf(
  finding: Named,
  place: { interface: string; season: string | null },
): string | null {
  const { code, params, product } = finding;
  const of = `--interface ${quoted(place.interface)}`;
  const only = product === null ? '' : ` --product ${quoted(product)}`;
  const word = MAPPED_AS[code];
  if (word !== undefined) {
    const isSeasons = word === 'product' || word === 'tariff';
    const season = isSeasons && place.season !== null ? ` --season ${quoted(place.season)}` : '';
    return `parterre mappings set ${word} ${quoted(String(params.ours))} VALUE ${of}${season}`;
  }
  const performance = finding.performances[0];
  switch (code) {
    case 'mapping.tariffs':
      return `parterre mappings list ${of}`;
    case 'mapping.unseen':
      return `parterre mappings queue ${of}`;
    case 'tariff.wrong_kind':
    case 'name.not_carried':
      return `parterre mappings list ${of}`;
    case 'price.to_announce':
      return `parterre prices mail ${of}${only}`;
    case 'tests.living':
      return `parterre tests list ${of}${only}`;
    case 'cases.open':
      return `parterre cases list ${of}${only}`;
    case 'seats.refused':
      return `parterre refused send --performance ${quoted(performance ?? '')} ${of}`;
    case 'account.ceiling_full':
    case 'account.ceiling_passed':
      return 'parterre account enter payment AMOUNT --document NUMBER';
    case 'performance.suspended':
      return `parterre performance resume ${quoted(performance ?? '')} --reason TEXT`;
    default:
      return null;
  }
}

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
