/** `parterre refused`: places that a reseller refused, and sending them again. */
import { parseArgs } from 'node:util';
import { readRefused, sendAgain } from '../../exchange/refused-places.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { CliCommand, CliIo } from './command.ts';
import { chooseInterface, choosePerformances } from './command.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  interface: { type: 'string' },
  performance: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'refused',
  does: 'places that a reseller refused: listed, and sent again',
  usage: `parterre refused list [--interface CODE] [--performance PRODUCT/CODE] [--json]
    each place with the reseller's reason; no export sends it again by itself
parterre refused send --performance PRODUCT/CODE [--interface CODE] [--json]
    lets the next export send them again, once the reason is mended
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', ...rest] = positionals;
  if (!['list', 'send'].includes(action) || rest.length > 0)
    throw new UsageError('Say list or send.');
  if (action === 'send' && values.performance === undefined) {
    throw new UsageError('Say of which performance: --performance PRODUCT/CODE.');
  }
  const open = await io.open(values);
  try {
    const { services, organisation, author, reader } = open;
    const record = await chooseInterface(open, values.interface);
    const named = values.performance === undefined ? [] : [values.performance];
    const [performanceId = null] = await choosePerformances(open, named);
    const of = { organisationId: organisation.id, interfaceId: record.id, performanceId };
    if (action === 'send') {
      const request = { ...of, performanceId: performanceId ?? 0, seatIds: null, author };
      const places = await sendAgain(services, request);
      if (values.json) io.out(JSON.stringify({ places }));
      else io.out(say(reader, 'refused.cleared', { count: places }));
      return 0;
    }
    let isFirst = true;
    const shown: object[] = [];
    for await (const page of readRefused(services, of)) {
      for (const one of page) {
        const { performance, contingent, place, quantity, reason, refusedAt } = one;
        const line = { performance, contingent, place, quantity, reason, refusedAt };
        if (values.json) shown.push(line);
        else {
          const at = formatInstant(refusedAt, reader);
          const why = reason || say(reader, 'refused.no_reason');
          io.out(say(reader, 'refused.place', { ...line, reason: why, at }));
        }
        isFirst = false;
      }
    }
    if (values.json) io.out(JSON.stringify(shown));
    else io.out(isFirst ? say(reader, 'refused.none') : say(reader, 'refused.how'));
    return 0;
  } finally {
    await open.close();
  }
}
