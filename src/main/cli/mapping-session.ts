/** What every `parterre mappings` command works with. */
import type { ExchangeServices } from '../../exchange/context.ts';
import { replay } from '../../exchange/replay.ts';
import { withRun } from '../../exchange/run-function.ts';
import type { Replay } from '../../exchange/save-mappings.ts';
import { describeLine } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { CliIo, OpenOptions, OpenOrganisation } from './command.ts';
import { chooseInterface } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';

export interface OpenMappings {
  services: ExchangeServices;
  where: { organisationId: number; interfaceId: number };
  interfaceCode: string;
  reader: Reader;
  author: string;
  replay: Replay;
  close(): Promise<void>;
}

/** Opens the house on one interface: by its code, else the only one. */
export async function openMappings(
  io: CliIo,
  options: OpenOptions & { interface?: string | undefined },
): Promise<OpenMappings> {
  const opened = await io.open(options);
  try {
    const { services, organisation, author, reader } = opened;
    const found = await chooseInterface(opened, options.interface);
    return {
      services,
      where: { organisationId: organisation.id, interfaceId: found.id },
      interfaceCode: found.code,
      reader,
      author,
      replay: replayBy(io, opened, found),
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
  { services, organisation, author, reader }: OpenOrganisation,
  { code, reseller, people }: InterfaceRecord,
): Replay {
  return async (interfaceId, messageIds) => {
    const result = await withRun(
      services,
      {
        organisationId: organisation.id,
        interfaceId,
        function: 'replay',
        source: 'replay',
        startedBy: author,
      },
      (context) => replay(context, { messageIds }),
    );
    const hindrance = result.outcome === 'refused' ? result.problem : null;
    const problem = result.outcome === 'ran' ? result.failure : hindrance;
    if (problem === null) return;
    const { title } = describeLine(problem, {
      ...reader,
      interface: code,
      reseller,
      people,
      number: null,
    });
    io.err(say(reader, 'mappings.replay_hindered', { problem: title }));
  };
}
