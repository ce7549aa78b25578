/** What the pending accounts read, and under which keys. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { GetAccountEntries200, GetAccountEntriesParams } from '../../api/generated/client.ts';
import { getAccount, getAccountEntries, getAccounts } from '../../api/generated/client.ts';

export const ACCOUNTS = ['accounts'] as const;

export function useAccounts() {
  return useQuery({ queryKey: [...ACCOUNTS, 'all'], queryFn: () => getAccounts() });
}

export function useAccount(id: string, period?: string) {
  return useQuery({
    queryKey: [...ACCOUNTS, id, period ?? null],
    queryFn: () => getAccount(id, period === undefined ? {} : { period }),
  });
}

export type EntryFilter = Pick<GetAccountEntriesParams, 'period' | 'kind' | 'ticket' | 'document'>;

export function useEntries(id: string, filter: EntryFilter) {
  const query = useInfiniteQuery({
    queryKey: [...ACCOUNTS, id, 'entries', filter],
    queryFn: ({ pageParam }) =>
      getAccountEntries(id, {
        ...filter,
        limit: 100,
        ...(pageParam === null ? {} : { after: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: GetAccountEntries200) => page.next,
    placeholderData: keepPreviousData,
  });
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
}
