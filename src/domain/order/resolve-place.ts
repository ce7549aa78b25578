import type { Performance, Product, SeatCategory, Zone } from '../catalogue/catalogue.ts';
import type { Findings } from './findings.ts';
import type { Message } from './message.ts';
import type { ResolvedPlace, ResolverInput } from './resolve.ts';

interface Where {
  product: Product;
  performance: Performance | null;
  category: SeatCategory | null;
}

/** The place that a message names: a numbered seat, a zone, a day of a pass, or a pass. */
export function resolvePlace(
  input: ResolverInput,
  message: Message,
  where: Where,
  findings: Findings,
): ResolvedPlace | null {
  if (where.product.kind === 'open_pass') return { type: 'pass' };
  if (where.product.kind === 'visit_pass') {
    if (message.start === null) {
      return findings.missingWord(message, 'performance', where.product.code);
    }
    const time = message.start.slice(11, 16);
    return { type: 'day', day: message.start.slice(0, 10), slot: time === '' ? null : time };
  }
  if (where.performance === null) return null;
  return message.seat === null && message.row === null
    ? resolveZone(input, message, where, findings)
    : resolveSeat(input, message, where, findings);
}

function resolveSeat(
  input: ResolverInput,
  message: Message,
  where: Where,
  findings: Findings,
): ResolvedPlace | null {
  const { catalogue, vocabulary } = input;
  const configuration = catalogue.configurationById.get(
    where.performance?.logicalConfigurationId ?? 0,
  );
  const blocks = (catalogue.blocksByLayout.get(configuration?.layoutId ?? 0) ?? []).filter(
    (block) => block.numbered,
  );
  const path = (block: (typeof blocks)[number]) =>
    block.code === ''
      ? [block.layoutCode, block.areaCode]
      : [block.layoutCode, block.areaCode, block.code];
  let block = blocks.length === 1 ? blocks[0] : undefined;
  if (message.block !== null) {
    const answer = vocabulary.resolve('block', message.block, {
      seasonId: where.product.seasonId,
      candidates: blocks.map(path),
    });
    if ('ambiguous' in answer) return findings.ambiguous('block', message.block, answer.ambiguous);
    if ('notOurs' in answer) return findings.alien();
    if (!('found' in answer)) {
      return findings.missing('block', message.block, configuration?.code ?? '');
    }
    block = blocks[answer.candidate];
  }
  if (block === undefined) {
    return findings.missingWord(message, 'block', configuration?.code ?? '');
  }
  const { seasonId } = where.product;
  return { type: 'seat', blockId: block.id, parents: path(block), seasonId };
}

function resolveZone(
  input: ResolverInput,
  message: Message,
  where: Where,
  findings: Findings,
): ResolvedPlace | null {
  const { catalogue, vocabulary } = input;
  const configurationId = where.performance?.logicalConfigurationId ?? 0;
  const configuration = catalogue.configurationById.get(configurationId);
  const zones = catalogue.zonesByConfiguration.get(configurationId) ?? [];
  const byCategory = zones.find((zone) => zone.seatCategoryId === where.category?.id);
  if (message.block === null) {
    if (byCategory) return { type: 'zone', zoneId: byCategory.id };
    if (where.category?.kind === 'seats') {
      findings.problems.push({
        code: 'seat.missing',
        params: { category: where.category.code },
      });
      return null;
    }
    if (message.category === null && zones.length === 1) {
      return { type: 'zone', zoneId: (zones[0] as Zone).id };
    }
    // A category that could not be read was told already.
    if (message.category !== null && where.category === null) return null;
    return findings.missingWord(message, 'block', configuration?.code ?? '');
  }
  const answer = vocabulary.resolve('block', message.block, {
    seasonId: where.product.seasonId,
    candidates: zones.map((zone) => [zone.layoutCode, zone.areaCode]),
  });
  if ('ambiguous' in answer) return findings.ambiguous('block', message.block, answer.ambiguous);
  if ('notOurs' in answer) return findings.alien();
  if (!('found' in answer)) {
    return findings.missing('block', message.block, configuration?.code ?? '');
  }
  const zone = zones[answer.candidate];
  if (zone === undefined) return null;
  if (where.category !== null && zone.seatCategoryId !== where.category.id) {
    findings.problems.push({
      code: 'seat.wrong_category',
      params: {
        seat: answer.path.join('/'),
        reported: where.category.code,
        ours: catalogue.categoryById.get(zone.seatCategoryId)?.code ?? '',
      },
    });
  }
  return { type: 'zone', zoneId: zone.id };
}
