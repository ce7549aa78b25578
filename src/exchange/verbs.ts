/** The functions of an interface and the verb that does each: schedules, API and commands. */
import type { RunFunction } from '../store/run-store.ts';
import type { ExchangeContext } from './context.ts';
import { exportContingent } from './export-contingent.ts';
import { fetchAccess } from './fetch-access.ts';
import { integrateSales } from './integrate-sales.ts';
import { prepareAccess } from './prepare-access.ts';
import { reconcile } from './reconcile.ts';
import { replay } from './replay.ts';
import { takeBack } from './take-back.ts';
import { testConnection } from './test-connection.ts';

/** Each as it runs without any choice of a person but the run's filters. */
export const VERBS: Readonly<Record<RunFunction, (context: ExchangeContext) => Promise<void>>> = {
  export: (context) => {
    const { againRefused, contingentIds } = context.run.filters;
    return exportContingent(context, {
      ...(againRefused !== undefined && { againRefused }),
      ...(contingentIds !== undefined && { contingentIds }),
    });
  },
  take_back: (context) => {
    const { contingentIds } = context.run.filters;
    return takeBack(context, contingentIds === undefined ? {} : { contingentIds });
  },
  integrate: (context) => {
    const { fromDate: from, fromBeginning } = context.run.filters;
    return integrateSales(context, {
      ...(from !== undefined && { from }),
      ...(fromBeginning !== undefined && { fromBeginning }),
    });
  },
  prepare_access: (context) => prepareAccess(context),
  fetch_access: (context) => fetchAccess(context),
  reconcile: async (context) => {
    await reconcile(context);
  },
  replay: (context) => replay(context),
  test_connection: async (context) => {
    await testConnection(context);
  },
};
