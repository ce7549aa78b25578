/** What several scenes read, under one key each. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  Case,
  GetCases200,
  GetCasesParams,
  GetRuns200,
  GetRunsParams,
  Run,
} from './generated/client.ts';
import { getCases, getInterfaces, getPerformances, getRuns } from './generated/client.ts';

export const KEYS = {
  interfaces: ['interfaces'],
  cases: ['cases'],
  runs: ['runs'],
  performances: ['performances'],
} as const;

export function useInterfaces() {
  return useQuery({ queryKey: KEYS.interfaces, queryFn: () => getInterfaces() });
}

export type CaseFilter = Pick<
  GetCasesParams,
  'interface' | 'class' | 'code' | 'performance' | 'state' | 'rank'
>;

/** Pages of cases, in the reader's language. */
export function useCases(filter: CaseFilter, limit = 50) {
  const language = useLanguage();
  const query = useInfiniteQuery({
    queryKey: [...KEYS.cases, 'list', filter, limit, language],
    queryFn: ({ pageParam }) =>
      getCases({ ...filter, limit, language, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetCases200) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows: readonly Case[] = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...query, rows, count: query.data?.pages[0]?.count };
}

export type RunFilter = Pick<
  GetRunsParams,
  'interface' | 'function' | 'state' | 'source' | 'performance' | 'from' | 'to'
>;

const RUNS_ARE_STALE_MS = 10_000;

export function useRuns(filter: RunFilter, limit = 50) {
  const query = useInfiniteQuery({
    queryKey: [...KEYS.runs, 'list', filter, limit],
    queryFn: ({ pageParam }) =>
      getRuns({ ...filter, limit, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetRuns200) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: RUNS_ARE_STALE_MS,
  });
  const rows: readonly Run[] = query.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...query, rows };
}

export function useNextPerformances(limit: number) {
  return useQuery({
    queryKey: [...KEYS.performances, 'next', limit],
    queryFn: () => getPerformances({ limit }),
  });
}

/** The language in which the server's texts are asked for. */
export function useLanguage(): 'fr' | 'en' | 'de' | 'it' | 'es' {
  const { i18n } = useTranslation();
  return i18n.language as 'fr';
}
