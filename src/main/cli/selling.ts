/** `parterre selling`: how far the sale of each product has come at each reseller. */
import { parseArgs } from 'node:util';
import { isSaleStep, SALE_STEPS } from '../../domain/selling/steps.ts';
import { markStep, readProgress } from '../../exchange/selling/sale-steps.ts';
import type { CliCommand, CliIo } from './command.ts';
import { chooseInterface, chooseProducts } from './command.ts';
import { dayOf, say } from './reader.ts';
import { UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  interface: { type: 'string' },
  product: { type: 'string', multiple: true },
  reason: { type: 'string' },
  undo: { type: 'boolean' },
  anyway: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: CliCommand = {
  name: 'selling',
  does: 'steps of putting a product on sale',
  usage: `parterre selling [list] [--interface CODE] [--product CODE]... [--json]
parterre selling step STEP --product CODE [--interface CODE] [--undo] [--reason TEXT] [--anyway]
    STEP: ${SALE_STEPS.join(', ')}
    open shows the tests that are not cancelled and marks nothing, unless --anyway; it ends
    the product's test mode
    everywhere: --organisation CODE, --language fr|en|de|it|es, --json`,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [action = 'list', step = '', ...more] = positionals;
  const known = action === 'list' ? step === '' : action === 'step';
  if (!known || more.length > 0) throw new UsageError('Say list, or step STEP.');
  if (action === 'step' && !isSaleStep(step)) {
    throw new UsageError(`Say which step: ${SALE_STEPS.join(', ')}.`);
  }
  const open = await io.open(values);
  try {
    const { organisation, reader, services, author } = open;
    const organisationId = organisation.id;
    const productIds = await chooseProducts(open, values.product ?? []);
    if (!isSaleStep(step)) {
      const only =
        values.interface === undefined ? null : await chooseInterface(open, values.interface);
      const progress = await readProgress(services, {
        organisationId,
        ...(only === null ? {} : { interfaceId: only.id }),
        ...(productIds.length === 0 ? {} : { productIds }),
      });
      if (values.json) io.out(JSON.stringify(progress));
      else if (progress.length === 0) io.out(say(reader, 'selling.none'));
      else {
        for (const { interface: code, product, season, steps } of progress) {
          io.out(`${code} ${product} (${season})`);
          for (const name of SALE_STEPS) {
            const done = steps.find((one) => one.step === name);
            const when = done === undefined ? '' : ` ${dayOf(done.doneAt, reader)} ${done.doneBy}`;
            io.out(
              `  [${done === undefined ? ' ' : 'x'}] ${say(reader, `selling.${name}`)}${when}`,
            );
          }
        }
      }
      return 0;
    }
    const [productId, ...others] = productIds;
    if (productId === undefined || others.length > 0) {
      throw new UsageError('Say which product: --product CODE, of one season.');
    }
    const record = await chooseInterface(open, values.interface);
    const result = await markStep(services, {
      ...{ organisationId, interfaceId: record.id, productId, step, author },
      done: values.undo !== true,
      reason: values.reason ?? null,
      anyway: values.anyway === true,
    });
    if (values.json) io.out(JSON.stringify(result));
    const told = { product: values.product?.[0] ?? '', interface: record.code };
    if (result.outcome === 'tests_living') {
      if (!values.json) {
        io.err(say(reader, 'selling.tests_living', { count: result.tests.length }));
        for (const { number, place } of result.tests) io.err(`  ${number} ${place}`);
      }
      return 1;
    }
    if (values.json) return 0;
    const label = say(reader, `selling.${step}`);
    if (result.outcome === 'unchanged') io.out(say(reader, 'selling.unchanged'));
    else if (values.undo) io.out(say(reader, 'selling.cleared', { ...told, step: label }));
    else io.out(say(reader, 'selling.marked', { ...told, step: label }));
    if (result.testModeEnded) io.out(say(reader, 'selling.mode_ended', { product: told.product }));
    return 0;
  } finally {
    await open.close();
  }
}
