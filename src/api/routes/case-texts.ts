/** What is wrong with a case, in the reader's words, with what to do about it. */
import type { listCases } from '../../exchange/cases/list-cases.ts';
import { readHouse, readInterfaces } from '../../exchange/reading/inventory.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { describeLine } from '../../runs/remedies.ts';
import type { RouteServices } from '../route.ts';

type CaseRecord = Awaited<ReturnType<typeof listCases>>['cases'][number];
type Params = Record<string, string | number | null>;

export interface CaseProblem {
  code: string;
  params: Params;
  title: string;
  explanation: string | null;
  remedy: string | null;
}

/** Describes the problems of a case. */
export type DescribeCase = (row: CaseRecord) => CaseProblem[];

export async function caseTexts(
  { exchange }: Pick<RouteServices, 'exchange'>,
  organisationId: number,
  language: TextLanguage,
): Promise<DescribeCase> {
  const [house, interfaces] = await Promise.all([
    readHouse(exchange, organisationId),
    readInterfaces(exchange, organisationId),
  ]);
  const byId = new Map(interfaces.map((one) => [one.id, one]));
  return ({ id, interfaceId, interfaceCode, reseller, ticket, problems }) =>
    problems.map(({ code, params }) => {
      const told = describeLine(
        { code, params, keys: { ticket }, messageId: id },
        {
          language,
          timeZone: house.timeZone,
          interface: interfaceCode,
          reseller,
          people: byId.get(interfaceId)?.people ?? [],
          number: null,
        },
      );
      const { title, explanation, remedy } = told;
      return { code, params: { ...params }, title, explanation, remedy };
    });
}
