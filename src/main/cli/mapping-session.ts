/** What every `parterre mappings` command works with. */
import type { ExchangeServices } from '../../exchange/context.ts';
import type { Language } from '../../exchange/mapping-file/headings.ts';
import { replay } from '../../exchange/replay.ts';
import { withRun } from '../../exchange/run-function.ts';
import type { Replay } from '../../exchange/save-mappings.ts';
import type { OrganisationRecord } from '../../store/interface-store.ts';
import { findInterfaceByCode, listInterfaces } from '../../store/interface-store.ts';

export interface MappingsIo {
  /** One line on stdout, on stderr. */
  out(text: string): void;
  err(text: string): void;
  open(options: { organisation?: string }): Promise<{
    services: ExchangeServices;
    organisation: OrganisationRecord;
    /** Who is at the keyboard, for the journal. */
    author: string;
    close(): Promise<void>;
  }>;
}

export interface OpenMappings {
  services: ExchangeServices;
  where: { organisationId: number; interfaceId: number };
  interfaceCode: string;
  language: Language;
  author: string;
  replay: Replay;
  close(): Promise<void>;
}

/** The command was called wrongly: told with the usage, exit code 2. */
export class UsageError extends Error {}

export async function openMappings(
  io: MappingsIo,
  options: { interface?: string | undefined; organisation?: string | undefined },
): Promise<OpenMappings> {
  const { organisation: code } = options;
  const opened = await io.open(code === undefined ? {} : { organisation: code });
  try {
    const { services, organisation, author } = opened;
    const found = await findOne(services, organisation.id, options.interface);
    return {
      services,
      where: { organisationId: organisation.id, interfaceId: found.id },
      interfaceCode: found.code,
      language: organisation.language,
      author,
      replay: replayBy(services, organisation.id, author),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The interface of this code; without a code the only one. */
async function findOne(
  services: ExchangeServices,
  organisationId: number,
  code: string | undefined,
): Promise<{ id: number; code: string }> {
  return services.database.transaction(organisationId, async (tx) => {
    const all = await listInterfaces(tx);
    const codes = all.map((one) => one.code).join(', ');
    if (code === undefined) {
      const [only, ...others] = all;
      if (only !== undefined && others.length === 0) return only;
      throw new UsageError(`Say which interface: --interface CODE, one of ${codes}.`);
    }
    const found = await findInterfaceByCode(tx, code);
    if (found === null) throw new UsageError(`There is no interface "${code}", only ${codes}.`);
    return found;
  });
}

/** Freed cases are read again at once, in a run of their own. */
function replayBy(services: ExchangeServices, organisationId: number, author: string): Replay {
  return (interfaceId, messageIds) =>
    withRun(
      services,
      { organisationId, interfaceId, function: 'replay', source: 'replay', startedBy: author },
      (context) => replay(context, { messageIds }),
    );
}
