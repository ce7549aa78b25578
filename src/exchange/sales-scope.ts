import type { ExternalPerformance } from '../channels/contract/stock.ts';
import type { Performance, Product } from '../domain/catalogue/catalogue.ts';
import type { ExchangeContext } from './context.ts';
import type { Knowledge, KnowledgeCache } from './exchange-terms.ts';

export interface SalesScope {
  /** '' for everything the reseller reports; else names the product or performance. */
  name: string;
  only: ExternalPerformance | null;
}

/**
 * What a run asks the reseller for. Without filters one call covers everything; with filters each
 * product or performance is asked by itself and has a cursor of its own.
 */
export async function scopesOf(
  context: ExchangeContext,
  cache: KnowledgeCache,
): Promise<SalesScope[]> {
  const { productIds = [], performanceIds = [] } = context.run.filters;
  if (productIds.length === 0 && performanceIds.length === 0) return [{ name: '', only: null }];
  const knowledge = await context.database.transaction(context.organisation.id, (tx) =>
    cache.current(tx),
  );
  const { catalogue } = knowledge;
  const scopes: SalesScope[] = [];
  for (const id of productIds) {
    const product = catalogue.productById.get(id);
    const only = product && externalProduct(context, knowledge, product);
    if (product && only) scopes.push({ name: `product:${product.id}`, only });
  }
  for (const id of performanceIds) {
    const performance = catalogue.performanceById.get(id);
    const product = catalogue.productById.get(performance?.productId ?? 0);
    if (!performance || !product) continue;
    const only = externalProduct(context, knowledge, product);
    if (!only) continue;
    const named = { ...only, ...inTheirWords(knowledge, product, performance) };
    scopes.push({ name: `performance:${performance.id}`, only: named });
  }
  return scopes;
}

function externalProduct(
  context: ExchangeContext,
  knowledge: Knowledge,
  product: Product,
): ExternalPerformance | null {
  const { vocabulary } = knowledge.resolver.input;
  const theirs = vocabulary.theirs('product', [product.code], product.seasonId);
  if (theirs === null) {
    const params = { word: 'product', ours: product.code };
    context.log.line('error', 'mapping.ours_missing', { params, keys: { product: product.code } });
    return null;
  }
  return { product: theirs, performance: null, start: null, hall: null };
}

function inTheirWords(
  knowledge: Knowledge,
  product: Product,
  performance: Performance,
): Pick<ExternalPerformance, 'performance' | 'start' | 'hall'> {
  const { vocabulary, catalogue } = knowledge.resolver.input;
  const hall = catalogue.configurationById.get(performance.logicalConfigurationId);
  const { seasonId } = product;
  return {
    performance: vocabulary.theirs('performance', [product.code, performance.code], seasonId),
    start: performance.localStart,
    hall: hall ? vocabulary.theirs('logical_configuration', [hall.code], seasonId) : null,
  };
}
