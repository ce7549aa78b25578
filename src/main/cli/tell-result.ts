/** What came of a run, for the person who typed the command. */
import type { RunResult } from '../../exchange/context.ts';
import { describeLine, TEXTS } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findRun, listRunLines } from '../../store/run-store.ts';
import type { CliIo, OpenOrganisation } from './command.ts';
import { say } from './reader.ts';
import { lineAsJson, printLine, printRun } from './run-output.ts';

const LINES_SHOWN_MAX = 200;

/**
 * Prints the result, its lines and remedies. Answers the exit code: 1 when nothing was started or
 * the run found something that someone must settle.
 */
export async function tellResult(
  open: OpenOrganisation,
  io: CliIo,
  record: InterfaceRecord,
  result: RunResult,
  values: { json?: boolean | undefined },
  more: object = {},
): Promise<number> {
  const { services, organisation, reader } = open;
  if (result.outcome === 'busy') {
    const { number, startedBy } = result.by;
    const what = TEXTS[reader.language].terms.function[result.by.function];
    if (values.json) io.out(JSON.stringify(result));
    else {
      const params = { reseller: record.reseller, number, function: what, by: startedBy };
      io.err(say(reader, 'run.busy', params));
    }
    return 1;
  }
  if (result.outcome === 'refused') {
    const context = {
      ...reader,
      interface: record.code,
      reseller: record.reseller,
      people: record.people,
      number: null,
    };
    const told = describeLine(result.problem, context);
    if (values.json) io.out(JSON.stringify({ ...result, ...told }));
    else for (const text of [told.title, told.explanation, `→ ${told.remedy}`]) io.err(text ?? '');
    return 1;
  }
  const { run, lines } = await services.database.transaction(organisation.id, async (tx) => ({
    run: await findRun(tx, result.run.id),
    lines: await listRunLines(tx, result.run.id, { afterId: 0, limit: LINES_SHOWN_MAX }),
  }));
  const { number } = result.run;
  if (values.json) {
    const { state, counts, failure } = result;
    const told = lines.map((line) => lineAsJson(line, number, record, reader));
    io.out(JSON.stringify({ run: number, state, counts, failure, ...more, lines: told }));
  } else {
    if (run !== null) io.out(printRun(run, reader));
    for (const line of lines) {
      for (const text of printLine(line, number, record, reader)) io.out(text);
    }
  }
  return result.state === 'error' || result.state === 'cancelled' ? 1 : 0;
}
