/** What every `parterre mappings` command works with. */
import type { ExchangeServices } from '../../exchange/context.ts';
import type { Language } from '../../exchange/mapping-file/headings.ts';
import { replay } from '../../exchange/replay.ts';
import { withRun } from '../../exchange/run-function.ts';
import type { Replay } from '../../exchange/save-mappings.ts';
import type { CliIo } from './command.ts';
import { chooseInterface } from './command.ts';

export interface OpenMappings {
  services: ExchangeServices;
  where: { organisationId: number; interfaceId: number };
  interfaceCode: string;
  language: Language;
  author: string;
  replay: Replay;
  close(): Promise<void>;
}

/** Opens the house on one interface: by its code, else the only one. */
export async function openMappings(
  io: CliIo,
  options: { interface?: string | undefined; organisation?: string | undefined },
): Promise<OpenMappings> {
  const { organisation: code } = options;
  const opened = await io.open(code === undefined ? {} : { organisation: code });
  try {
    const { services, organisation, author } = opened;
    const found = await chooseInterface(opened, options.interface);
    return {
      services,
      where: { organisationId: organisation.id, interfaceId: found.id },
      interfaceCode: found.code,
      language: organisation.language,
      author,
      replay: replayBy(io, services, organisation.id, author),
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Freed cases are read again at once, in a run of their own; what hinders it is told. */
function replayBy(
  io: CliIo,
  services: ExchangeServices,
  organisationId: number,
  startedBy: string,
): Replay {
  return async (interfaceId, messageIds) => {
    const result = await withRun(
      services,
      { organisationId, interfaceId, function: 'replay', source: 'replay', startedBy },
      (context) => replay(context, { messageIds }),
    );
    const hindrance = result.outcome === 'refused' ? result.problem : null;
    const problem = result.outcome === 'ran' ? result.failure : hindrance;
    if (problem === null) return;
    io.err(`The mappings are saved, but their messages were not all read again: ${problem.code}.`);
    io.err('parterre replay takes them up once that is settled.');
  };
}
