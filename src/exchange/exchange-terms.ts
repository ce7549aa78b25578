import type { Catalogue } from '../domain/catalogue/catalogue.ts';
import { createVocabulary } from '../domain/mapping/vocabulary.ts';
import type { InterfaceTerms } from '../domain/order/plan.ts';
import { Resolver } from '../domain/order/resolve.ts';
import { readCeiling } from '../store/account-store.ts';
import { catalogueVersion, loadCatalogue, organisationTimeZone } from '../store/catalogue-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { findInterface } from '../store/interface-store.ts';
import { loadMappings, loadProductsElsewhere } from '../store/mapping-store.ts';
import { loadTestModes } from '../store/test-store.ts';
import type { ExchangeContext } from './context.ts';

/** What planning needs beside the books: read once, and again when the catalogue has changed. */
export interface Knowledge {
  version: number;
  catalogue: Catalogue;
  resolver: Resolver;
  terms: InterfaceTerms;
}

type KnowledgeSource = Pick<ExchangeContext, 'interface' | 'channel'>;

/**
 * The knowledge of a run, checked in each transaction against the catalogue's version: one row
 * read, so that a price or a mapping changed during a run counts from the next batch on.
 */
export class KnowledgeCache {
  readonly #context: KnowledgeSource;
  #knowledge: Knowledge | null = null;

  constructor(context: KnowledgeSource) {
    this.#context = context;
  }

  async current(tx: Tx): Promise<Knowledge> {
    const version = await catalogueVersion(tx);
    if (this.#knowledge?.version === version) return this.#knowledge;
    this.#knowledge = await load(tx, this.#context);
    return this.#knowledge;
  }
}

async function load(tx: Tx, context: KnowledgeSource): Promise<Knowledge> {
  const catalogue = await loadCatalogue(tx);
  const record = (await findInterface(tx, context.interface.id)) ?? context.interface;
  const vocabulary = createVocabulary(await loadMappings(tx, record.id));
  const contingentIds = catalogue.contingents
    .filter((one) => one.salesChannelIds.includes(record.salesChannelId))
    .map(({ id }) => id);
  const { contactId, pointOfSaleId, pendingAccountId } = record;
  if (contactId === null || pointOfSaleId === null || pendingAccountId === null) {
    throw new Error(`Interface ${record.code} has no contact, point of sale or pending account.`);
  }
  const ceilingMinor = await readCeiling(tx, pendingAccountId);
  const { contingents } = context.channel.capabilities;
  const terms: InterfaceTerms = {
    id: record.id,
    resellerAccountId: record.resellerAccountId,
    salesChannelId: record.salesChannelId,
    contactId,
    pointOfSaleId,
    pendingAccountId,
    accountOpen: record.pendingAccountState === 'open',
    currency: record.currency,
    timeZone: record.timeZone,
    organisationTimeZone: await organisationTimeZone(tx),
    pricePolicy: record.pricePolicy,
    toleranceMinor: record.priceToleranceMinor,
    graceHours: record.priceGraceHours,
    includesCommission: record.priceIncludesCommission,
    commissionVatHundredths: record.commissionVatHundredths,
    ceilingMinor,
    ceilingBlocks: record.ceilingBlocks,
    houseStockMaximum: record.houseStockMaximum,
    accountOpenedAt: record.accountOpenedAt,
    testModes: await loadTestModes(tx, record.id),
    productIds: record.productIds.length === 0 ? null : new Set(record.productIds),
    productsElsewhere: new Set(await loadProductsElsewhere(tx, record)),
    handOver: {
      zones: contingents.zones,
      datedPasses: contingents.datedPasses,
      undatedPasses: contingents.undatedPasses,
    },
  };
  const resolver = new Resolver({ catalogue, vocabulary, contingentIds });
  return { version: catalogue.version, catalogue, resolver, terms };
}
