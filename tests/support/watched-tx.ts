import type { WholeScan } from '../../src/store/database/explain-scans.ts';
import { explainScans } from '../../src/store/database/explain-scans.ts';
import type { Tx } from '../../src/store/database/transaction.ts';

/** A transaction whose statements are planned before they run; `met` gathers their scans. */
export function watched(tx: Tx, met: WholeScan[]): Tx {
  const look = async (text: string, params?: readonly unknown[]): Promise<void> => {
    met.push(...(await explainScans(tx, text, params)));
  };
  return {
    organisationId: tx.organisationId,
    kysely: tx.kysely,
    script: (text) => tx.script(text),
    async query(text, params) {
      await look(text, params);
      return tx.query(text, params);
    },
    async execute(text, params) {
      await look(text, params);
      return tx.execute(text, params);
    },
  };
}
