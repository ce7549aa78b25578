/** `parterre access check`: what the door says of a code. */
import { parseArgs } from 'node:util';
import { checkAccess } from '../../exchange/check-access.ts';
import { DOOR_TEXTS } from '../../runs/door-texts.ts';
import type { CliCommand, CliIo } from './command.ts';
import { choosePerformances } from './command.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  performance: { type: 'string' },
  organisation: { type: 'string' },
  language: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'access',
  does: 'what the door says of a code',
  usage: `parterre access check CODE [--performance PRODUCT/CODE] [--json]
                      [--organisation CODE] [--language fr|en|de|it|es]
    whether a code opens: exit code 0 open, 1 refused; without --performance the code's own`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action, code, ...more] = positionals;
  if (action !== 'check' || code === undefined || more.length > 0) {
    throw new UsageError('Say which code: access check CODE.');
  }
  const open = await io.open(values);
  try {
    const { services, organisation } = open;
    const named = values.performance === undefined ? [] : [values.performance];
    const [performanceId] = await choosePerformances(open, named);
    const { answer, code: known } = await checkAccess(
      { database: services.database, organisationId: organisation.id, clock: services.clock },
      { code, performanceId: performanceId ?? null },
    );
    const texts = DOOR_TEXTS[open.reader.language];
    const text = answer.open
      ? texts[answer.provisional ? 'provisional' : 'open']
      : texts[answer.reason];
    if (values.json) {
      io.out(
        JSON.stringify({
          code,
          answer: answer.open ? 'open' : 'refused',
          provisional: answer.open && answer.provisional,
          reason: answer.open ? null : answer.reason,
          detail: answer.open ? (known?.reason ?? null) : answer.detail,
          text,
        }),
      );
    } else {
      const detail = answer.open || answer.detail === null ? '' : ` (${answer.detail})`;
      io.out(`${code}: ${text}${detail}`);
    }
    return answer.open ? 0 : 1;
  } finally {
    await open.close();
  }
}
