/** Puts cases on their reseller's list: open until the reseller's own message settles them. */
import { writeReported } from '../../store/case-decision-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { ChosenCases, SettledCases } from './answers.ts';
import { answersOf } from './answers.ts';
import { examine } from './apply-way.ts';
import type { CaseAnswer, CaseRefusal, SettleRequest } from './case-request.ts';
import { readEffect } from './effect.ts';
import type { CaseServices } from './way-context.ts';
import { subjectOf } from './way-context.ts';

export async function reportCases(
  services: CaseServices,
  request: SettleRequest,
  chosen: ChosenCases,
  names: readonly CaseAnswer[],
): Promise<SettledCases> {
  const { database, ids, clock } = services;
  const refused = new Map<number, CaseRefusal>();
  const before = new Set<number>();
  const fitting: CaseDetail[] = [];
  for (const row of chosen.rows) {
    const answer = examine(row, request);
    if ('row' in answer) fitting.push(row);
    else if (row.settledAt !== null) before.add(row.id);
    else refused.set(row.id, answer);
  }
  return await database.transaction(request.organisationId, async (tx) => {
    const at = clock();
    const { author, reason } = request;
    const reported = new Set(
      await writeReported(
        tx,
        fitting.map(({ id }) => id),
        at,
      ),
    );
    const traced = fitting.filter(({ id }) => reported.has(id));
    const taken = await ids.take(traced.length, tx);
    await writeJournal(
      tx,
      traced.map((row, index) => ({
        id: taken[index] as number,
        at,
        author,
        action: 'case.reported',
        subject: subjectOf(row.id),
        after: { ticket: row.ticket, problems: row.problems.map(({ code }) => code) },
        reason,
      })),
    );
    return {
      outcome: 'done' as const,
      answers: await answersOf(tx, chosen, refused, before, names),
      effect: await readEffect(tx, { plans: [], chosen: chosen.rows, house: [] }),
      runs: [],
    };
  });
}
