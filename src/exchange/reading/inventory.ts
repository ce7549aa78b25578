/** The house as its readers ask for it: organisation, interfaces, seasons, products, allotments. */
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import type { Obstacle } from '../../domain/contingent/eligibility.ts';
import { eligibility } from '../../domain/contingent/eligibility.ts';
import type { AllotmentRow } from '../../store/allotment-table.ts';
import { allotmentTable } from '../../store/allotment-table.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { InterfaceRecord, OrganisationRecord } from '../../store/interface-store.ts';
import {
  findInterface,
  listInterfaces,
  readOrganisation,
  withoutSecrets,
} from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';

interface Reader {
  database: Database;
}

export function readCatalogue({ database }: Reader, organisationId: number): Promise<Catalogue> {
  return database.transaction(organisationId, (tx) => loadCatalogue(tx), { readOnly: true });
}

export function readHouse(
  { database }: Reader,
  organisationId: number,
): Promise<OrganisationRecord> {
  return database.transaction(organisationId, (tx) => readOrganisation(tx), { readOnly: true });
}

/** By code, without their secrets. */
export function readInterfaces(
  { database }: Reader,
  organisationId: number,
): Promise<InterfaceRecord[]> {
  return database.transaction(organisationId, (tx) => listInterfaces(tx), { readOnly: true });
}

/** Without its secrets; null where there is no such interface. */
export function readInterface(
  { database }: Reader,
  { organisationId, interfaceId }: { organisationId: number; interfaceId: number },
): Promise<InterfaceRecord | null> {
  return database.transaction(
    organisationId,
    async (tx) => {
      const sealed = await findInterface(tx, interfaceId);
      return sealed === null ? null : withoutSecrets(sealed);
    },
    { readOnly: true },
  );
}

/** Why a row of the dialog is greyed. */
export type AllotmentObstacle =
  | Obstacle
  | 'interface.hidden'
  | 'interface.archived'
  | 'interface.no_pending_account'
  | 'interface.unknown_channel';

export interface AllotmentsOf {
  interface: InterfaceRecord;
  /** Null: it may be done. */
  exportObstacle: AllotmentObstacle | null;
  takeBackObstacle: AllotmentObstacle | null;
  rows: readonly (AllotmentRow & { contingent: string })[];
}

/** The table of a performance, interface by interface; null where there is no such performance. */
export function readAllotments(
  { database, clock, findChannel }: Pick<ExchangeServices, 'database' | 'clock' | 'findChannel'>,
  { organisationId, performanceId }: { organisationId: number; performanceId: number },
): Promise<AllotmentsOf[] | null> {
  return database.transaction(
    organisationId,
    async (tx) => {
      const catalogue = await loadCatalogue(tx);
      const performance = catalogue.performanceById.get(performanceId);
      const product = catalogue.productById.get(performance?.productId ?? 0);
      if (performance === undefined || product === undefined) return null;
      const now = clock().toISOString();
      const codeOf = (id: number) => catalogue.contingentById.get(id)?.code ?? '';
      const tables: AllotmentsOf[] = [];
      for (const one of await listInterfaces(tx)) {
        const rows = await allotmentTable(tx, one.id, performanceId);
        const named = rows.map((row) => ({ ...row, contingent: codeOf(row.contingentId) }));
        const channel = findChannel(one.channel);
        const own = channel === undefined ? 'interface.unknown_channel' : obstacleOf(one);
        const may =
          channel === undefined
            ? null
            : eligibility(product, performance, channel.capabilities.contingents, now);
        tables.push({
          interface: one,
          exportObstacle: own ?? may?.addObstacle ?? null,
          takeBackObstacle: own ?? may?.withdrawObstacle ?? null,
          rows: named,
        });
      }
      return tables;
    },
    { readOnly: true },
  );
}

function obstacleOf({ status, pendingAccountId }: InterfaceRecord): AllotmentObstacle | null {
  if (status === 'hidden' || status === 'archived') return `interface.${status}`;
  return pendingAccountId === null ? 'interface.no_pending_account' : null;
}
