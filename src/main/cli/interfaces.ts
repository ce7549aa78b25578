/** `parterre interfaces`: the list, and whether a reseller can be reached. */
import { parseArgs } from 'node:util';
import type { ConnectionCheck } from '../../channels/contract/channel.ts';
import { withRun } from '../../exchange/run-function.ts';
import { testConnection } from '../../exchange/test-connection.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { CliCommand, CliIo, OpenOrganisation } from './command.ts';
import { chooseInterface } from './command.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';
import { inColumns } from './run-output.ts';
import { tellResult } from './tell-result.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'interfaces',
  does: 'the interfaces, and whether their resellers answer',
  usage: `parterre interfaces [list] [--json]
parterre interfaces test [CODE] [--json]   tells a wrong password, an unreachable host and an
                                           unknown manager code apart
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', code, ...more] = positionals;
  const known = action === 'list' ? code === undefined : action === 'test';
  if (!known || more.length > 0) throw new UsageError('Say list, or test CODE.');
  const open = await io.open(values);
  try {
    return action === 'list'
      ? await list(open, values.json === true, io)
      : await test(open, code, values, io);
  } finally {
    await open.close();
  }
}

async function list(open: OpenOrganisation, json: boolean, io: CliIo): Promise<number> {
  const { services, organisation, reader } = open;
  const all = await services.database.transaction(organisation.id, (tx) => listInterfaces(tx));
  const shown = all.map(({ code, names, reseller, channel, account, status, pricePolicy }) => ({
    code,
    name: names[reader.language] ?? names.fr ?? code,
    reseller,
    channel,
    account,
    status,
    pricePolicy,
  }));
  if (json) io.out(JSON.stringify(shown));
  else if (shown.length === 0) io.out(say(reader, 'interface.none'));
  else {
    const rows = shown.map(({ code, name, channel, account, status }) => [
      code,
      name,
      `${channel} ${account}`,
      say(reader, `interface.${status}`),
    ]);
    for (const text of inColumns(rows)) io.out(text);
  }
  return 0;
}

async function test(
  open: OpenOrganisation,
  code: string | undefined,
  values: { json?: boolean | undefined; language?: string | undefined },
  io: CliIo,
): Promise<number> {
  const record = await chooseInterface(open, code);
  let checks: readonly ConnectionCheck[] = [];
  const result = await withRun(
    open.services,
    {
      organisationId: open.organisation.id,
      interfaceId: record.id,
      function: 'test_connection',
      source: 'hand',
      startedBy: open.author,
      signal: io.signal,
    },
    async (context) => {
      checks = await testConnection(context);
    },
  );
  return await tellResult(open, io, record, result, values, { checks });
}
