/** Problems and ways out in the reader's words. */
import { isWay } from '../../domain/cases/ways-out.ts';
import { describeLine } from '../../runs/remedies.ts';
import type { CaseRecord } from '../../store/case-list-store.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';

export type Interfaces = ReadonlyMap<number, InterfaceRecord>;

/** A case's problems as a person reads them, each with its remedy. */
export function describeProblems(
  row: Pick<CaseRecord, 'id' | 'interfaceId' | 'problems' | 'ticket'>,
  records: Interfaces,
  { language, timeZone }: Reader,
): { code: string; title: string; explanation: string; remedy: string }[] {
  const record = records.get(row.interfaceId);
  return row.problems.map(({ code, params }) => {
    const keys = { ticket: row.ticket };
    const told = describeLine(
      { code, params, keys, messageId: row.id },
      {
        language,
        timeZone,
        interface: record?.code ?? '?',
        reseller: record?.reseller ?? '?',
        people: record?.people ?? [],
        number: null,
      },
    );
    const { title, explanation, remedy } = told;
    return { code, title, explanation: explanation ?? '', remedy: remedy ?? '' };
  });
}

/** A way out in the reader's words; one that this release does not know as it is. */
export function wayName(way: string, reader: Reader): string {
  if (!isWay(way) && way !== 'reported' && way !== 'replayed') return way;
  return say(reader, `cases.way.${way}`);
}
