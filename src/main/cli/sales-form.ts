/** `parterre sales-form`: the form that a reseller needs, and its answer read in. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importAnswer } from '../../exchange/selling/answer-sheet.ts';
import { readSalesForm } from '../../exchange/selling/sales-form.ts';
import { markFormSent, packForm } from '../../exchange/selling/send-form.ts';
import type { CliCommand, CliIo } from './command.ts';
import { chooseInterface, choosePerformances, chooseProducts } from './command.ts';
import { openMappings } from './mapping-session.ts';
import { faultSentence } from './mapping-texts.ts';
import { readerOf, say } from './reader.ts';
import { onDisk, Refusal, UsageError } from './refusal.ts';

const OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  'form-language': { type: 'string' },
  interface: { type: 'string' },
  product: { type: 'string', multiple: true },
  performance: { type: 'string', multiple: true },
  out: { type: 'string' },
  sent: { type: 'boolean' },
  answer: { type: 'string' },
  simulate: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options: OPTIONS }).values;

export const command: CliCommand = {
  name: 'sales-form',
  does: 'the sales form for a reseller, and its answer',
  usage: `parterre sales-form --interface CODE --product CODE... [--performance P]... [--out FOLDER]
                    [--form-language fr|en|de|it|es] [--sent] [--json]
    writes an Excel file, a PDF and the letter (.txt); --sent marks the form as sent and its prices
    as told
parterre sales-form --interface CODE --answer FILE.xlsx [--simulate] [--json]
    the codes that the reseller filled in become mappings
    everywhere: --organisation CODE, --language fr|en|de|it|es`,
  run: (args, io) => {
    const values = parse(args);
    return values.answer === undefined ? write(values, io) : readAnswer(values, values.answer, io);
  },
};

async function write(values: Values, io: CliIo): Promise<number> {
  const open = await io.open(values);
  try {
    const { author, organisation, reader, services } = open;
    const record = await chooseInterface(open, values.interface);
    const productIds = await chooseProducts(open, values.product ?? []);
    if (productIds.length === 0) throw new UsageError('Say which products: --product CODE.');
    const performanceIds = await choosePerformances(open, values.performance ?? []);
    const { language } = readerOf(organisation, values['form-language'] ?? values.language);
    const request = { organisationId: organisation.id, interfaceId: record.id, productIds };
    const answer = await readSalesForm(services, {
      ...request,
      ...(performanceIds.length === 0 ? {} : { performanceIds }),
    });
    if (answer.outcome === 'not_sellable') {
      throw new Refusal(say(reader, 'form.not_sellable', { product: answer.product }));
    }
    const { letter, pdf, workbook } = await packForm(answer.form, language);
    const folder = values.out ?? '.';
    const name = `${record.code}-${(values.product ?? []).join('-')}`.replaceAll(/[^\w.-]/g, '_');
    const text = [letter.to.join(', '), letter.subject, '', letter.text, ''].join('\n');
    const parts = [
      { file: join(folder, `${name}.xlsx`), bytes: workbook },
      { file: join(folder, `${name}.pdf`), bytes: pdf },
      { file: join(folder, `${name}.txt`), bytes: Buffer.from(text) },
    ];
    await onDisk(folder, () => mkdir(folder, { recursive: true }));
    for (const { bytes, file } of parts) await onDisk(file, () => writeFile(file, bytes));
    const sent = values.sent ? await markFormSent(services, { ...request, author }) : null;
    const files = parts.map(({ file }) => file);
    const { missing } = answer.form;
    if (values.json) io.out(JSON.stringify({ files, letter, missing, announced: sent?.prices }));
    else {
      io.out(say(reader, 'form.written', { files: files.join(', ') }));
      for (const what of missing) io.err(say(reader, 'form.missing', { what }));
      if (sent !== null) io.out(say(reader, 'form.marked', { count: sent.prices }));
    }
    return 0;
  } finally {
    await open.close();
  }
}

async function readAnswer(values: Values, file: string, io: CliIo): Promise<number> {
  const bytes = await onDisk(file, () => readFile(file));
  const session = await openMappings(io, values);
  try {
    const { author, reader, replay, services, where } = session;
    const apply = values.simulate !== true;
    const result = await importAnswer(services, { ...where, file: bytes, apply, author }, replay);
    const refused = result.outcome === 'refused' ? result.faults : [];
    const faults = refused.map((fault) => ({
      ...fault,
      message: faultSentence({ ...fault, suggestions: [] }, reader),
    }));
    if (values.json) {
      io.out(JSON.stringify(result.outcome === 'refused' ? { ...result, faults } : result));
    }
    switch (result.outcome) {
      case 'not_a_form':
        throw new Refusal(say(reader, 'form.not_a_form', { file, reason: result.reason }));
      case 'other_interface':
        throw new Refusal(say(reader, 'form.other_interface', { interface: result.interface }));
      case 'refused':
        for (const { message, row } of faults) {
          io.err(say(reader, 'form.fault', { row, fault: message }));
        }
        return 1;
      default:
    }
    if (values.json) return 0;
    const { created, left, updated } = result;
    if (result.outcome === 'nothing') io.out(say(reader, 'form.answer_none'));
    else if (apply) io.out(say(reader, 'form.answer_saved', { created, updated }));
    else io.out(say(reader, 'form.answer_would', { created, updated }));
    if (left > 0) io.out(say(reader, 'form.answer_left', { count: left }));
    return 0;
  } finally {
    await session.close();
  }
}
